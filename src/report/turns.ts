import type { StepReport } from '../domain/report.ts';

/** Steps of one phase that followed each other. */
export interface Turn {
  readonly phase: string;
  readonly steps: readonly StepReport[];
}

/** Milliseconds between two steps of a phase beyond which it was taken up again: it did not just wait for others. */
const PAUSE = 60_000;

/**
 * What one host did, or all of them, in turns. A phase may come more than once: databases are dumped before the migrations, on whatever
 * host these run, and after them; and a run that failed is taken up later.
 * @param all the steps of all hosts
 */
export function turnsOf(steps: readonly StepReport[], all: readonly StepReport[]): Turn[] {
  const turns: { phase: string; steps: StepReport[] }[] = [];
  for (const step of steps.toSorted((a, b) => a.started - b.started)) {
    const last = turns.at(-1);
    if (last?.phase === step.phase && !isApart(last.steps, step, all)) {
      last.steps.push(step);
    } else {
      turns.push({ phase: step.phase, steps: [step] });
    }
  }
  return turns;
}

/** Was there a long pause before this step, or another phase? */
function isApart(before: readonly StepReport[], next: StepReport, all: readonly StepReport[]): boolean {
  const { ended } = spanOf(before);
  return (
    next.started - ended > PAUSE ||
    all.some((other) => other.phase !== next.phase && other.started >= ended && other.ended <= next.started)
  );
}

/** From the beginning of the first to the end of the last, in milliseconds since 1970 and in seconds. */
export function spanOf(steps: readonly StepReport[]): { started: number; ended: number; seconds: number } {
  const started = Math.min(...steps.map((step) => step.started));
  const ended = Math.max(...steps.map((step) => step.ended));
  return { started, ended, seconds: Math.max(ended - started, 0) / 1000 };
}
