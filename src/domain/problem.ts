/** Keys and indices from the root of a file to one of its values. */
export type KeyPath = readonly (string | number)[];

/** Something wrong in a plan or an inventory, not yet placed in its file. */
export interface Problem {
  readonly path: KeyPath;
  /** Whether the value or its key is to be looked at. */
  readonly at: 'key' | 'value';
  readonly message: string;
}

/** What is wrong with the value at a path. */
export function wrong(path: KeyPath, message: string): Problem {
  return { path, at: 'value', message };
}

/** What is wrong with the key at the end of a path, or with what it lacks. */
export function wrongKey(path: KeyPath, message: string): Problem {
  return { path, at: 'key', message };
}

/** `roles.web.packages[2]`; keys that hold anything but letters, digits, `-` and `_` in brackets. */
export function formatPath(path: KeyPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'string' && /^[A-Za-z_][\w-]*$/.test(part)) {
      return text === '' ? part : `${text}.${part}`;
    }
    return `${text}[${printable(part, Number.POSITIVE_INFINITY)}]`;
  }, '');
}

/** A value out of a file as one harmless line of at most so many characters: nothing in it is a control character. */
export function printable(value: unknown, longest = 80): string {
  const text = JSON.stringify(value) ?? String(value);
  const shown = text.length > longest ? `${text.slice(0, longest)}...` : text;
  return shown.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}
