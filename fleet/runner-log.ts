/**
 * Shows what an action prints as a runner's page would: commands to the runner are obeyed and not shown, debug lines
 * are left out, masked values are stars. Takes output in pieces, gives whole lines.
 */
export class RunnerLog {
  readonly #print: (line: string) => void;
  readonly #masks: string[] = [];
  #rest = '';

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  readonly take = (text: string): void => {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      this.#show(line);
    }
  };

  #show(line: string): void {
    const [, name, properties = '', value = ''] = /^::([a-z-]+)( [^:]*)?::(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      this.#print(this.#masked(line));
    } else if (name === 'add-mask') {
      this.#masks.push(decoded(value));
    } else if (name === 'group') {
      this.#print(`\n▼ ${this.#masked(decoded(value))}`);
    } else if (name !== 'endgroup' && name !== 'debug') {
      this.#print(this.#masked(`${name}:${decoded(properties)} ${decoded(value)}`));
    }
  }

  #masked(line: string): string {
    return this.#masks
      .filter((mask) => mask !== '')
      .reduce((text, mask) => text.replaceAll(mask, '***'), line);
  }
}

/** As the runner reads the data of a command. */
function decoded(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}
