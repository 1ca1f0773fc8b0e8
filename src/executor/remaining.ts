import { endedWell } from '../domain/journal.ts';
import type { Stage, Step } from '../domain/step.ts';
import type { Journal } from './journal.ts';
import { isOver } from './step-mode.ts';

/**
 * The stages without what has ended well: what is left to do by the journal alone. No script is run to see it, so that
 * whoever may only look sees the same. A run looks besides whether what was done still holds.
 */
export function remaining(journal: Journal, stages: readonly Stage[]): Stage[] {
  return stages.map((stage) => ({
    ...stage,
    lanes: stage.lanes.map((lane) => lane.filter((step) => !isDone(journal, step))),
  }));
}

function isDone(journal: Journal, step: Step): boolean {
  switch (step.kind) {
    case 'script': {
      const state = journal.step(step.host, step.id)?.state;
      return endedWell(state);
    }
    case 'check':
      return isOver(journal, step);
    case 'runner':
      return step.isDone();
  }
}
