import type { Step } from '../domain/step.ts';
import type { Runner } from './ask.ts';

/** As `12.3 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Does something in a group of the log, which a page folds, and leaves a line after it that is seen all the same. */
export async function inGroup(
  { log, clock }: Runner,
  title: string,
  work: () => Promise<void>,
): Promise<void> {
  const began = clock.now();
  let word = 'failed after';
  log.group(title);
  try {
    await work();
    word = 'took';
  } finally {
    log.endGroup();
    log.info(`${title} ${word} ${seconds(clock.now() - began)}`);
  }
}

/** Does a step, and says how long it took. */
export async function timed(
  { log, clock }: Runner,
  { host, title }: Step,
  work: () => Promise<void>,
): Promise<void> {
  const began = clock.now();
  await work();
  log.info(`${host}: ${title}: done in ${seconds(clock.now() - began)}`);
}

/** Does a step, and says where it failed as soon as it did: what runs beside it may take long to end. */
export async function orFailed(
  { log, clock, signal }: Runner,
  { host, title }: Step,
  work: () => Promise<void>,
): Promise<void> {
  const began = clock.now();
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) {
      log.info(`${host}: ${title}: failed after ${seconds(clock.now() - began)}`);
    }
    throw error;
  }
}
