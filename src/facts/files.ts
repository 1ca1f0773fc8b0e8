import type { Command } from '../shell/command.ts';
import { look } from './look.ts';
import { fieldsOf, offendingLine, readRecords, recordsOf, toolOutput } from './records.ts';

/** A file that is to be placed. */
export interface FileQuestion {
  /** By which its answer is found. */
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

/** What is in a file's place now; `file`: a regular one, `hidden`: whoever only looks is not told. */
export type FileKind = (typeof KINDS)[number];
const KINDS = ['absent', 'file', 'large', 'link', 'other', 'hidden'] as const;

export interface FoundFile {
  readonly kind: FileKind;
  /** Of a file `MODE OWNER GROUP`, of a large one its bytes, of a link its target, of anything else what it is. */
  readonly about: string;
  /** May everybody on the host read it? */
  readonly open: boolean;
  /** The unified difference from what is there to what is to be placed; empty where the text is the same. */
  readonly difference: string;
}

/** Asks what is in the place of files, and how their text would change, for `parseFiles`. */
export function compareFiles(files: readonly FileQuestion[]): Command {
  return look(
    'compare the files',
    files.map(({ id, path, text }) => ['file', id, path, text] as const),
  );
}

/** By id. @throws Error with the host and the line that was not understood, or when the answer was cut short */
export function parseFiles(host: string, answer: string): Map<string, FoundFile> {
  const records = readRecords(host, answer);
  return new Map(
    recordsOf(records, 'file').map((record) => {
      const [id = '', word = '', about = '', open = ''] = fieldsOf(host, record, 4);
      const kind = KINDS.find((each) => each === word);
      if (kind === undefined) {
        throw offendingLine(host, record.line, `one of ${KINDS.join(', ')}`);
      }
      return [id, { kind, about, open: open === 'yes', difference: toolOutput(host, records, `file ${id}`) }];
    }),
  );
}
