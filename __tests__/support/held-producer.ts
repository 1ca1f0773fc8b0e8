import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../../src/shell/command.ts';

const MIB = 1024 * 1024;

/** A command that prints so many MiB and notes in a file how far it is. */
export class Producer {
  readonly command: Command;
  readonly #file: string;

  constructor(folder: string, mebibytes: number) {
    this.#file = join(folder, 'produced');
    writeFileSync(this.#file, '0');
    this.command = {
      title: 'produce',
      script: 'for ((i = 1; i <= $2; i++)); do head -c 1M /dev/zero; echo $i >"$1"; done',
      args: [this.#file, String(mebibytes)],
    };
  }

  /** Waits until it prints no more, since nobody takes it, and says how many bytes it has got rid of. */
  async held(): Promise<number> {
    let last = -1;
    for (let now = this.#produced(); now !== last || now === 0; now = this.#produced()) {
      last = now;
      await sleep(400);
    }
    return last * MIB;
  }

  #produced(): number {
    return Number(readFileSync(this.#file, 'utf8'));
  }
}
