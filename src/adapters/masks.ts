/** Shorter pieces of a secret with several lines are no secret, and would blot out half the log. */
const SHORTEST_PIECE = 4;

/** The values that must not be printed. */
export class Masks {
  #values: readonly string[] = [];

  /** Takes a value and, when it has several lines, each of them; returns what is new. */
  add(value: string): string[] {
    const lines = value.split(/\r\n|\r|\n/).map((line) => line.trim());
    const pieces = lines.length > 1 ? lines.filter((line) => line.length >= SHORTEST_PIECE) : [];
    const fresh = [...new Set([value, value.trim(), ...pieces])].filter(
      (each) => each !== '' && !this.#values.includes(each),
    );
    // The longest first: a short secret inside a long one must not leave the rest of it standing.
    this.#values = [...this.#values, ...fresh].sort((a, b) => b.length - a.length);
    return fresh;
  }

  /** The text with stars for every value. */
  apply(text: string): string {
    return this.#values.reduce((masked, value) => masked.replaceAll(value, '***'), text);
  }
}
