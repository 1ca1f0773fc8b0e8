import type { DatabaseTarget } from '../domain/inventory.ts';
import { endedBadly } from '../domain/journal.ts';
import type { FailureReport } from '../domain/report.ts';
import type { ScriptStep, Stage } from '../domain/step.ts';
import type { Journal } from '../executor/journal.ts';

/** A step that began and did not end well on a database that has to be restored before it is repeated. */
export interface Broken {
  readonly step: ScriptStep;
  readonly target: DatabaseTarget;
}

/** The steps that may change a database, in their order. */
export function changersOf(stages: readonly Stage[], { key }: DatabaseTarget): ScriptStep[] {
  return stages
    .flatMap(({ lanes }) => lanes.flat())
    .filter((step) => step.kind === 'script')
    .filter(({ databases = [] }) => databases.includes(key));
}

/** What is broken on these databases, by the journal alone. */
export function brokenSteps(
  journal: Journal,
  stages: readonly Stage[],
  targets: readonly DatabaseTarget[],
): Broken[] {
  return targets.flatMap((target) =>
    changersOf(stages, target)
      .filter((step) => step.repeat === 'restore-first' && isBroken(journal, step))
      .map((step) => ({ step, target })),
  );
}

function isBroken(journal: Journal, { host, id }: ScriptStep): boolean {
  const state = journal.step(host, id)?.state;
  return endedBadly(state);
}

/** A failure that leaves databases half changed, with what that means and what to do about it. */
export function withRestoring(failure: FailureReport, broken: readonly Broken[]): FailureReport {
  const places = [...new Set(broken.map(({ target }) => `${target.name} on ${target.on}`))].join(', ');
  const steps = [...new Set(broken.map(({ step }) => step.title))].join(', ');
  return broken.length === 0
    ? failure
    : {
        ...failure,
        state: join(
          failure.state,
          `Half of a change may be in ${places} (${steps}). It is not repeated on what was left.`,
        ),
        next: join(
          failure.next,
          `Mend what made it fail. Restore ${places} from the dump of before, with the commands that the summary and the log give, while the services are down. Then run the same again.`,
        ),
      };
}

function join(first: string, second: string): string {
  return first === '' ? second : `${first} ${second}`;
}
