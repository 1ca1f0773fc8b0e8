import type { Readable } from 'node:stream';

/** Takes one piece of output; a promise holds the stream back until it is kept. */
export type Taker = (chunk: Buffer) => void | Promise<void>;

/** Reads a stream to its end, one piece at a time. Rejects with what the taker throws, or the stream's error. */
export function pump(stream: Readable, take: Taker): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed = false;
    let keeping: void | Promise<void>;
    const fail = (error: unknown) => {
      failed = true;
      reject(error);
    };
    stream.on('data', (chunk: Buffer) => {
      if (failed) {
        return;
      }
      try {
        keeping = take(chunk);
        if (keeping) {
          stream.pause();
          keeping.then(() => stream.resume(), fail);
        }
      } catch (error) {
        fail(error);
      }
    });
    // A paused stream ends all the same, with the last piece still being kept.
    stream.once('end', () => Promise.resolve(keeping).then(resolve, fail));
    stream.on('error', fail);
  });
}
