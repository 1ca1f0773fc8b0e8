import { TimeLimitError } from '../domain/errors.ts';
import type { ExecOptions } from '../ports.ts';

/** The outer bounds of one wait: a promise that only ever rejects, and a way to be rid of it. */
export interface Bounds {
  readonly broken: Promise<never>;
  clear(): void;
}

/** Watches the time limit and the signal of one command. */
export function boundsOf(options: ExecOptions, host: string, title: string): Bounds {
  const { promise, reject } = Promise.withResolvers<never>();
  // It may break after everybody stopped looking.
  promise.catch(() => undefined);
  const { signal, timeLimit } = options;
  const abort = () => reject(signal?.reason);
  if (signal?.aborted) {
    abort();
  }
  signal?.addEventListener('abort', abort, { once: true });
  const overdue = () =>
    reject(
      new TimeLimitError(`${host}: "${title}" did not end within ${timeLimit} ms; it may still be running`),
    );
  const timer = timeLimit === undefined ? undefined : setTimeout(overdue, timeLimit);
  const clear = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  };
  return { broken: promise, clear };
}
