import type { Markdown } from './markdown.ts';

/** What goes first when a summary is too long: `extra`, then `useful`, and `vital` only when nothing else is left. */
export type Weight = 'vital' | 'useful' | 'extra';

export interface Section {
  /** What people are told when it had to be left out. */
  readonly name: string;
  readonly weight: Weight;
  readonly body: Markdown;
}

/** GitHub drops the summary of a step that is longer than 1 MiB; some room is left for what others add to it. */
export const LONGEST_SUMMARY = 1_000_000;

/** Bytes that the words about what was left out take at most. */
const NOTE = 2000;

/** Puts sections below each other, and leaves out the least important ones, the last first, until all fits. */
export function fitSections(sections: readonly Section[], longest: number = LONGEST_SUMMARY): string {
  const kept = new Set(sections.filter(({ body }) => body.text !== ''));
  const cut: Section[] = [];
  let size = [...kept].reduce((sum, section) => sum + sizeOf(section), 0);
  for (const section of inOrderOfCutting([...kept])) {
    if (size + (cut.length > 0 ? NOTE : 0) <= longest) {
      break;
    }
    kept.delete(section);
    cut.push(section);
    size -= sizeOf(section);
  }
  return `${[...[...kept].map(({ body }) => body.text), ...noteOn(cut)].join('\n\n')}\n`;
}

function sizeOf({ body }: Section): number {
  return Buffer.byteLength(body.text) + 2;
}

function inOrderOfCutting(sections: readonly Section[]): Section[] {
  const order: readonly Weight[] = ['extra', 'useful', 'vital'];
  return order.flatMap((weight) => sections.filter((section) => section.weight === weight).toReversed());
}

function noteOn(cut: readonly Section[]): string[] {
  const names = [...new Set(cut.map(({ name }) => name))].reverse();
  return names.length === 0
    ? []
    : [
        `_Left out, since a summary must not be longer than 1 MiB: ${names.join(', ')}. The output \`report\` has it all._`,
      ];
}
