import { UpgradeError } from '../domain/errors.ts';
import type { CheckStep } from '../domain/step.ts';
import type { ExecResult } from '../ports.ts';
import { ask, commandFailed, lastLines, type Runner } from './ask.ts';
import type { Journal } from './journal.ts';
import { isOver } from './step-mode.ts';

/** Milliseconds between two askings of a check that refuses but may still change its mind. */
const CHECK_INTERVAL = 500;

/**
 * Asks a check, again and again for as long as its patience lasts.
 * @throws UpgradeError with why things must not go on
 */
export async function runCheck(runner: Runner, journal: Journal, step: CheckStep): Promise<void> {
  const { clock, signal } = runner;
  if (isOver(journal, step)) {
    return;
  }
  const deadline = clock.now() + step.patience * 1000;
  for (;;) {
    const result = await ask(runner, step.host, { title: step.title, script: step.script });
    const refusals = result.code === 0 ? step.judge(result.stdout) : [];
    if (result.code === 0 && refusals.length === 0) {
      return;
    }
    if (clock.now() >= deadline) {
      throw refused(step, result, refusals);
    }
    await clock.sleep(CHECK_INTERVAL, signal);
  }
}

function refused(step: CheckStep, result: ExecResult, refusals: readonly string[]): UpgradeError {
  return result.code === 0
    ? new UpgradeError(`${step.host}: ${step.title}: not so: ${refusals.join('; ')}`, {
        host: step.host,
        command: step.title,
        output: lastLines(step.shown?.(result.stdout) ?? result.stdout),
        ...(step.next === undefined ? {} : { next: step.next }),
      })
    : commandFailed(step.host, step.title, result);
}
