import { AsyncLocalStorage } from 'node:async_hooks';

/** Is this call one of those that are kept quiet? */
const quiet = new AsyncLocalStorage<true>();

let running = 0;
let restore: () => void = () => undefined;

/**
 * Runs something that talks a lot to standard output, and turns its lines into the runner's debug lines, which a log
 * shows only to those who asked for them. Commands to the runner stay, and so does all that others print meanwhile.
 */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  running += 1;
  if (running === 1) {
    restore = listen();
  }
  try {
    return await quiet.run(true, work);
  } finally {
    running -= 1;
    if (running === 0) {
      restore();
    }
  }
}

/** @returns what makes standard output as it was */
function listen(): () => void {
  const { write } = process.stdout;
  const filtered = (...args: Parameters<typeof write>): boolean => {
    const [text, ...rest] = args;
    return quiet.getStore() === true && typeof text === 'string'
      ? write.call(process.stdout, asDebug(text), ...rest)
      : write.apply(process.stdout, args);
  };
  process.stdout.write = filtered as typeof write;
  return () => {
    process.stdout.write = write;
  };
}

function asDebug(text: string): string {
  return text.replace(/^(?!::)(?=.)/gm, '::debug::');
}
