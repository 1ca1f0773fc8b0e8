import type { Operator, UpgradeRequest, UpgradeRun } from '../../../fleet/operator.ts';
import { hasReached, type Place, plainTail } from './run-log.ts';

/** A run of the root action that goes on while a test does something to it or to its hosts. */
export class LiveRun {
  /** The step's end, and that of `post` where there is one. */
  readonly ended: Promise<UpgradeRun>;
  #log = '';
  #kill: (signal: NodeJS.Signals) => void = () => undefined;
  #over = false;
  #waiting: (() => void)[] = [];

  constructor(operator: Operator, request: Omit<UpgradeRequest, 'onLog'> = {}) {
    this.ended = operator
      .upgrade({
        ...request,
        onLog: (log, kill) => {
          this.#log = log;
          this.#kill = kill;
          this.#wake();
        },
      })
      .finally(() => {
        this.#over = true;
        this.#wake();
      });
    // Whoever waits for a place hears of the end as well.
    this.ended.catch(() => undefined);
  }

  /** Waits until the log has come to a place. @throws Error with the log's end when the run ended before */
  async reached(place: Place): Promise<void> {
    while (!hasReached(this.#log, place)) {
      if (this.#over) {
        throw new Error(
          `the run ended before "${place.words}" in "${place.group}"; its log ends:\n${plainTail(this.#log)}`,
        );
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#kill(signal);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) {
      resolve();
    }
  }
}
