import type * as Core from '@actions/core';
import type { Log } from '../ports.ts';
import { harmlessLine, harmlessLines } from './harmless.ts';
import { Masks } from './masks.ts';

/** Annotations of one kind that GitHub shows of a step; it drops the others without a word. */
const MOST_ANNOTATIONS = 10;

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
  readonly #annotations = { notice: 0, warning: 0, error: 0 };

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
    this.#annotate('notice', text);
  }

  warning(text: string): void {
    this.#annotate('warning', text);
  }

  error(title: string, text: string): void {
    this.#annotate('error', text, { title: harmlessLine(this.#masks.apply(title)) });
  }

  mask(value: string): void {
    for (const each of this.#masks.add(value)) {
      this.#core.setSecret(each);
    }
  }

  /** The last one that has room says so; what comes after it are lines like any other. */
  #annotate(kind: 'notice' | 'warning' | 'error', text: string, properties?: { title: string }): void {
    this.#annotations[kind] += 1;
    const lines = this.#lines(text);
    const over = this.#annotations[kind] - MOST_ANNOTATIONS;
    if (over > 0) {
      const [first = '', ...rest] = lines;
      const title = properties === undefined ? '' : `${properties.title}: `;
      this.info([`${kind}: ${title}${first}`, ...rest].join('\n'));
      return;
    }
    const more =
      over === 0 ? [`(No more of these are shown here: further ones stand in the log of this step.)`] : [];
    this.#core[kind]([...lines, ...more].join('\n'), properties);
  }

  #lines(text: string): string[] {
    return harmlessLines(this.#masks.apply(text));
  }
}
