/** A value that must not be seen: it prints as stars wherever it is turned into text by accident. */
export class Secret {
  readonly #value: string;
  readonly name: string;

  /** @param name how people know it (the variable's name); never the value */
  constructor(name: string, value: string) {
    this.name = name;
    this.#value = value;
  }

  /** The value itself, for the one place that sends it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }
}
