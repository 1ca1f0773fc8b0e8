import type * as Core from '@actions/core';
import type { Log } from '../ports.ts';
import { harmlessLine, harmlessLines } from './harmless.ts';
import { Masks } from './masks.ts';

/** What of `@actions/core` a log needs. */
export type LogCommands = Pick<
  typeof Core,
  'startGroup' | 'endGroup' | 'info' | 'notice' | 'warning' | 'error' | 'setSecret'
>;

/**
 * The log of a workflow's step. Secrets are masked here as well as by the runner: a value that was cut, or stands
 * in a summary, would slip through its comparison.
 */
export class ActionsLog implements Log {
  readonly #core: LogCommands;
  readonly #masks = new Masks();

  constructor(core: LogCommands) {
    this.#core = core;
  }

  group(title: string): void {
    this.#core.startGroup(harmlessLine(this.#masks.apply(title)));
  }

  endGroup(): void {
    this.#core.endGroup();
  }

  info(text: string): void {
    for (const line of this.#lines(text)) {
      this.#core.info(line);
    }
  }

  host(host: string, line: string): void {
    const prefix = harmlessLine(this.#masks.apply(host));
    for (const each of this.#lines(line)) {
      this.#core.info(`${prefix} │ ${each}`);
    }
  }

  notice(text: string): void {
    this.#core.notice(this.#lines(text).join('\n'));
  }

  warning(text: string): void {
    this.#core.warning(this.#lines(text).join('\n'));
  }

  error(title: string, text: string): void {
    this.#core.error(this.#lines(text).join('\n'), { title: harmlessLine(this.#masks.apply(title)) });
  }

  mask(value: string): void {
    for (const each of this.#masks.add(value)) {
      this.#core.setSecret(each);
    }
  }

  #lines(text: string): string[] {
    return harmlessLines(this.#masks.apply(text));
  }
}
