import { ConnectionLostError, UnreachableError } from '../domain/errors.ts';
import type { ProbedAnswer } from '../domain/probed.ts';
import type { ProbedCheck } from '../domain/report.ts';
import type { Command } from '../shell/command.ts';
import { LineSplitter } from '../shell/lines.ts';
import { execOnce, type Runner } from './ask.ts';

/** Milliseconds without a word of a host after which nobody is known to have asked it. */
const SILENCE = 10_000;
/** Milliseconds before it is begun anew, and where it found no connection. */
const [BREATH, PAUSE] = [100, 1000];

/** What is asked on one host: `probeHealth` of so many checks. */
export interface Watch {
  readonly host: string;
  readonly command: Command;
  readonly checks: number;
  /** Milliseconds that the host's clock is ahead of the runner's. */
  readonly clockOffset: number;
}

/** What one host said. Times are milliseconds since 1970 by the runner's clock. */
export interface Watched {
  readonly host: string;
  /** By check, in the order in which they came. */
  readonly answers: readonly (readonly ProbedAnswer[])[];
  readonly gaps: ProbedCheck['gaps'];
}

/**
 * Asks hosts all the while that something else is done on them, on channels that nothing else needs. Nothing of it is
 * journaled, and whatever becomes of it, nothing else fails.
 */
export class Probe {
  readonly #runner: Runner;
  readonly #stop = new AbortController();
  readonly #watching: Promise<Watched>[];

  /** Begins to ask; `end` has to be called. */
  constructor(runner: Runner, watches: readonly Watch[]) {
    this.#runner = runner;
    this.#watching = watches.map((watch) => this.#watch(watch));
  }

  /** Ends the asking. @returns what every host said */
  async end(): Promise<Watched[]> {
    this.#stop.abort();
    return await Promise.all(this.#watching);
  }

  async #watch(watch: Watch): Promise<Watched> {
    const { clock, log } = this.#runner;
    const heard = new Heard(watch, clock.now());
    // Not the run's own signal: how services fare once it was cancelled is worth knowing too.
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const again = await this.#ask(watch, heard, signal).catch((error: unknown) => {
        if (!signal.aborted) {
          log.info(`${watch.host}: the services are asked no more meanwhile: ${String(error)}`);
        }
        return null;
      });
      if (again === null) {
        break;
      }
      await clock.sleep(again, signal).catch(() => undefined);
    }
    return heard.end(clock.now());
  }

  /** Asks until the script ends, by its time or with its connection. @returns milliseconds until the next beginning */
  async #ask({ host, command }: Watch, heard: Heard, signal: AbortSignal): Promise<number> {
    const lines = new LineSplitter((line) => heard.take(line, this.#runner.clock.now()));
    try {
      const onStdout = (chunk: Buffer): void => lines.push(chunk);
      const { code, stderr } = await execOnce(this.#runner, host, command, { signal, onStdout, spare: true });
      if (code !== 0) {
        throw new Error(`${command.title} ended with exit code ${code}: ${stderr.trim().slice(-200)}`);
      }
      return BREATH;
    } catch (error) {
      if (error instanceof ConnectionLostError || error instanceof UnreachableError) {
        return PAUSE;
      }
      throw error;
    }
  }
}

/** Takes the lines of `probeHealth` on one host. */
class Heard {
  readonly #watch: Watch;
  readonly #answers: ProbedAnswer[][];
  readonly #gaps: { from: number; to: number }[] = [];
  #last: number;

  constructor(watch: Watch, now: number) {
    this.#watch = watch;
    this.#answers = Array.from({ length: watch.checks }, () => []);
    this.#last = now;
  }

  take(line: string, now: number): void {
    const [, seconds, index, word] = /^(\d+(?:\.\d+)?)(?: (\d+) (good|bad))?$/.exec(line) ?? [];
    if (seconds === undefined) {
      return;
    }
    this.#heard(now);
    const answers = this.#answers[Number(index ?? -1)];
    const good = word === 'good';
    // The first answer of a script that was begun anew may be the last one of that before.
    if (answers !== undefined && answers.at(-1)?.good !== good) {
      answers.push({ at: Number(seconds) * 1000 - this.#watch.clockOffset, good });
    }
  }

  end(now: number): Watched {
    this.#heard(now);
    return { host: this.#watch.host, answers: this.#answers, gaps: this.#gaps };
  }

  #heard(now: number): void {
    if (now - this.#last > SILENCE) {
      this.#gaps.push({ from: this.#last, to: now });
    }
    this.#last = now;
  }
}
