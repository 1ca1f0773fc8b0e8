import type { PlannedStep } from '../domain/report.ts';
import { hostNames, type ResolvedPlan } from '../domain/resolved.ts';
import type { Phase, ScriptStep, Stage, Step } from '../domain/step.ts';

type Given = Pick<ScriptStep, 'id' | 'phase' | 'host' | 'title' | 'script'> & Partial<ScriptStep>;

/** Seconds that a step may take when nobody said otherwise. */
const TIME_LIMIT = 600;

/** A step that may be repeated, asks nothing and needs no secret, unless said otherwise. */
export function scriptStep(given: Given): ScriptStep {
  return {
    kind: 'script',
    commands: [given.title],
    env: {},
    terminal: false,
    answers: [],
    repeat: 'safe',
    timeLimit: TIME_LIMIT,
    ...given,
  };
}

/** A stage with one lane a host, of the hosts that have anything to do in it. */
export function stageOf(
  resolved: ResolvedPlan,
  phase: Phase,
  title: string,
  lane: (host: string) => readonly Step[],
): Stage {
  return {
    phase,
    title,
    lanes: hostNames(resolved)
      .map(lane)
      .filter((steps) => steps.length > 0),
  };
}

/** What a dry run shows of stages, in order. */
export function plannedSteps(stages: readonly Stage[]): PlannedStep[] {
  return stages.flatMap(({ phase, title: stage, lanes }) =>
    lanes.flat().map(({ host, title, commands }) => ({ phase, stage, host, title, commands })),
  );
}
