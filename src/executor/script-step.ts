import { EXIT } from '../commands/host-library.ts';
import { runStep, type StepMode, type Tenure } from '../commands/step.ts';
import { UNANSWERED } from '../commands/supervisor.ts';
import { type FailureDetails, TimeLimitError, UpgradeError } from '../domain/errors.ts';
import { parseEnd, type StepState } from '../domain/journal.ts';
import type { ScriptStep } from '../domain/step.ts';
import type { ExecResult } from '../ports.ts';
import { LineSplitter } from '../shell/lines.ts';
import { commandFailed, execOnce, lastLines, type Runner, throughLosses } from './ask.ts';

/** Bytes of a step's output that are kept for its error. */
const KEPT_OUTPUT = 16_384;

type Ended = StepState & { kind: 'ended' };

/** A step came to its end, and not to a good one. */
export class StepFailure extends UpgradeError {
  readonly end: StepState;

  constructor(what: string, end: StepState, details: Partial<FailureDetails>) {
    super(what, details);
    this.name = 'StepFailure';
    this.end = end;
  }
}

/**
 * Runs a step, or follows the one that runs already, through every loss of the connection, until it has ended
 * well.
 * @throws StepFailure when it ended otherwise, died or asked a question without an answer
 * @throws UpgradeError when it took too long
 */
export async function runToEnd(
  runner: Runner,
  step: ScriptStep,
  tenure: Tenure,
  mode: StepMode,
): Promise<Ended> {
  const output = new StepOutput(runner, step.host);
  const deadline = runner.clock.now() + step.timeLimit * 1000;
  const follow = () =>
    execOnce(runner, step.host, runStep(step, tenure, mode, output.bytes), {
      timeLimit: Math.max(deadline - runner.clock.now(), 1),
      onStdout: (chunk) => output.take(chunk),
    });
  const result = await throughLosses(runner, step.host, follow, step.title).catch((error: unknown) => {
    throw error instanceof TimeLimitError ? tookTooLong(step, output.kept, error) : error;
  });
  output.end();
  return judge(step, result, output.kept);
}

function judge(step: ScriptStep, result: ExecResult, kept: string): Ended {
  const details = { host: step.host, command: step.title, output: lastLines(kept) };
  if (result.code === EXIT.died) {
    throw new StepFailure(
      `${step.host}: ${step.title} died without an exit code: the host went down, or the process was killed`,
      { kind: 'died' },
      details,
    );
  }
  if (result.code !== 0) {
    throw commandFailed(step.host, step.title, result);
  }
  const end = parseEnd(result.stderr.trim().split('\n').at(-1) ?? '');
  if (end === null) {
    throw new UpgradeError(`${step.host}: the end of ${step.title} is not understood`, {
      ...details,
      output: lastLines(result.stderr),
    });
  }
  if (end.rc === UNANSWERED) {
    throw new StepFailure(
      `${step.host}: ${step.title} asked a question that the plan has no answer for`,
      end,
      {
        ...details,
        next: 'Add the question to `answers` in the plan, or make the command not ask, and run again.',
      },
    );
  }
  if (end.rc !== 0) {
    throw new StepFailure(`${step.host}: ${step.title} ended with exit code ${end.rc}`, end, details);
  }
  return end;
}

function tookTooLong(step: ScriptStep, kept: string, cause: TimeLimitError): UpgradeError {
  return new UpgradeError(
    `${step.host}: ${step.title} has not ended within ${step.timeLimit} s`,
    {
      host: step.host,
      command: step.title,
      output: lastLines(kept),
      state: 'It still runs on the host; the lock stays.',
      next: 'Run again: the next run follows it to its end.',
    },
    { cause },
  );
}

/** What dpkg overwrites twenty times on a terminal before it says the same once more, with its result. */
const PROGRESS = /^\(Reading database \.\.\. (?:\d+%)?$/;

/** Counts a step's output, shows it, and keeps its end. */
class StepOutput {
  bytes = 0;
  kept = '';
  readonly #lines: LineSplitter;

  constructor(runner: Runner, host: string) {
    this.#lines = new LineSplitter((line) => {
      if (!PROGRESS.test(line)) {
        runner.log.host(host, line);
      }
    });
  }

  take(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.kept = (this.kept + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
  }
}
