import { CancelledError } from '../domain/errors.ts';

/** Milliseconds after which a cancelled process ends by itself; the runner gives 7.5 s before it is killed. */
const LAST_WORDS = 4_500;

/** A signal that is aborted when the runner cancels the job: it sends SIGINT, and SIGTERM 7.5 s later. */
export function cancellation(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      controller.abort(new CancelledError(name));
      // Whatever still hangs must not keep the process: the journal on the hosts is true at every instant.
      setTimeout(() => process.exit(1), LAST_WORDS).unref();
    });
  }
  return controller.signal;
}
