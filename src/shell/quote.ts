/** A piece of shell text that is already safe to stand in a script as it is. */
export class Shell {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/**
 * Quotes one argument for bash and every POSIX shell. (Where a command stands, `A=1` and `if` mean something else.)
 * @throws RangeError for a NUL byte, which no argument can hold
 */
export function quote(word: string): string {
  if (word.includes('\0')) {
    throw new RangeError('a NUL byte cannot be passed to a shell');
  }
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) && !word.startsWith('-') && !word.startsWith('=')
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Builds shell text: `sh\`systemctl stop ${name}\``. A string becomes one quoted word, a list several,
 * a number digits; only `Shell` stands as it is.
 */
export function sh(strings: TemplateStringsArray, ...values: ReadonlyArray<Fragment>): Shell {
  const rest = strings.raw.slice(1).map((part, index) => render(values[index] ?? '') + part);
  return new Shell([strings.raw[0], ...rest].join(''));
}

/** What may stand in a template of `sh`. */
export type Fragment = string | number | Shell | readonly string[];

function render(value: Fragment): string {
  if (value instanceof Shell) {
    return value.text;
  }
  if (typeof value === 'object') {
    return value.map(quote).join(' ');
  }
  return typeof value === 'number' ? String(value) : quote(value);
}
