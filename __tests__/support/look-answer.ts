/** What the look script would have answered: its records, and the end. No field may need an escape. */
export function lookAnswer(...records: readonly (readonly string[])[]): string {
  return [...records, ['end', '0']].map((fields) => `${fields.join('|')}\n`).join('');
}

/** The record of what a tool printed. */
export function printed(name: string, output: string): readonly string[] {
  return ['output', name, Buffer.from(output).toString('base64')];
}
