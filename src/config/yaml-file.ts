import { type Document, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Mistake } from '../domain/errors.ts';
import { formatPath, type Problem, printable } from '../domain/problem.ts';
import { keyText, positionOf } from './position.ts';

/** So few that even nested in one another they stay small. */
const MOST_ALIASES = 16;

const TOO_DEEP = 'nested too deeply';

/** More than this at once helps nobody. */
const MOST_ERRORS = 20;

/** A file that was read: its value, or what keeps it from having one. */
export interface YamlFile {
  /** Null when the text is no YAML that can be used. */
  readonly value: { readonly root: unknown } | null;
  readonly mistakes: Mistake[];
  /** Gives a problem its place in the file. */
  locate(problem: Problem): Mistake;
}

/**
 * Reads YAML 1.2, of one document, with plain keys that occur once, and few aliases.
 * @param file how mistakes call it
 */
export function readYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const at = (offset: number, message: string): Mistake => {
    const { line, col } = lines.linePos(offset);
    return {
      file: printableName(file),
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      path: '',
      message,
    };
  };
  try {
    // Comparing every key with every other takes minutes for a large file: `dropWrongKeys` does it by a set.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const broken = documentMistakes(document, at);
    const locate = ({ path, at: part, message }: Problem): Mistake => ({
      file: printableName(file),
      ...positionOf(document, lines, path, part),
      path: formatPath(path),
      message,
    });
    if (broken.length > 0) {
      return { value: null, mistakes: broken, locate };
    }
    const mistakes = dropWrongKeys(document, at);
    return { value: { root: plain(document) }, mistakes, locate };
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
    const deep = at(0, TOO_DEEP);
    return { value: null, mistakes: [deep], locate: () => deep };
  }
}

type At = (offset: number, message: string) => Mistake;

/** What leaves a document without a value that could be trusted. */
function documentMistakes(document: Document, at: At): Mistake[] {
  const parsing = [...document.errors, ...document.warnings].map(({ pos, message }) =>
    at(pos[0], message.includes('call stack') ? TOO_DEEP : message),
  );
  const version = document.directives?.yaml.version;
  const old =
    version === '1.2' ? [] : [at(0, `found YAML ${version}, expected YAML 1.2 (leave the directive out)`)];
  const mistakes = [...parsing, ...old];
  return (mistakes.length > 0 ? mistakes : aliasMistakes(document, at)).slice(0, MOST_ERRORS);
}

function aliasMistakes(document: Document, at: At): Mistake[] {
  const mistakes: Mistake[] = [];
  let count = 0;
  visit(document, {
    Alias(_key, node, ancestors) {
      const offset = node.range?.[0] ?? 0;
      count++;
      if (count > MOST_ALIASES) {
        mistakes.push(at(offset, `found more than ${MOST_ALIASES} aliases, expected the values themselves`));
        // Not only enough said: each look for an anchor goes through the whole document.
        return visit.BREAK;
      }
      const target = node.resolve(document);
      if (target === undefined) {
        mistakes.push(at(offset, `no anchor &${node.source} stands before this alias`));
      } else if (ancestors.includes(target)) {
        mistakes.push(at(offset, `the alias *${node.source} stands within what it means`));
      }
      return undefined;
    },
  });
  return mistakes;
}

/** Takes the pairs out that can't stay, so that of two equal keys it is the first that is looked at further. */
function dropWrongKeys(document: Document, at: At): Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Map(_key, map) {
      const seen = new Set<string>();
      map.items = map.items.filter(({ key }) => {
        const message = keyMistake(key, seen);
        seen.add(keyText(key));
        if (message !== null) {
          mistakes.push(at((key as Node | null)?.range?.[0] ?? 0, message));
        }
        return message === null;
      });
    },
  });
  return mistakes.slice(0, MOST_ERRORS);
}

function keyMistake(key: unknown, seen: ReadonlySet<string>): string | null {
  if (!isScalar(key) || key.value === null) {
    return 'expected a plain key';
  }
  const text = keyText(key);
  if (text === '__proto__') {
    return `the key ${printable(text)} is not possible`;
  }
  return seen.has(text) ? `the key ${printable(text)} is here twice` : null;
}

/** Through JSON, so that what an alias repeats is not shared, and can be changed apart. */
function plain(document: Document): unknown {
  return JSON.parse(JSON.stringify(document.toJS() ?? null));
}

/** The file's name comes from an input. */
function printableName(file: string): string {
  return printable(file).slice(1, -1);
}
