import type { Log } from '../ports.ts';
import { harmlessLine, harmlessLines } from './harmless.ts';
import { Masks } from './masks.ts';

/** The log of a terminal: the same words without the runner's commands. */
export class PlainLog implements Log {
  readonly #print: (line: string) => void;
  readonly #masks = new Masks();

  /** @param print shows one line */
  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  group(title: string): void {
    this.#print(`── ${harmlessLine(this.#masks.apply(title))}`);
  }

  endGroup(): void {
    this.#print('');
  }

  info(text: string): void {
    this.#show('', text);
  }

  host(host: string, line: string): void {
    this.#show(`${host} │ `, line);
  }

  notice(text: string): void {
    this.#show('note: ', text);
  }

  warning(text: string): void {
    this.#show('warning: ', text);
  }

  error(title: string, text: string): void {
    this.#show('error: ', `${title}\n${text}`);
  }

  mask(value: string): void {
    this.#masks.add(value);
  }

  #show(prefix: string, text: string): void {
    for (const line of harmlessLines(this.#masks.apply(text))) {
      this.#print(`${harmlessLine(this.#masks.apply(prefix))}${line}`);
    }
  }
}
