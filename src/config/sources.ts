import { dirname } from 'node:path';
import type { Plan } from '../domain/plan.ts';
import { type KeyPath, type Problem, wrong } from '../domain/problem.ts';
import { readInside } from './read-inside.ts';

/** The text of every script and file that a plan's steps name, by the path as the plan has it. */
export type Sources = Record<string, string>;

/** Reads them all from the plan's folder, so that nothing is read once the upgrade has begun. */
export function readSources(plan: Plan, planPath: string): { sources: Sources; problems: Problem[] } {
  const folder = dirname(planPath);
  const sources = new Map<string, string>();
  const problems = namedFiles(plan).flatMap(({ name, path, isScript }) => {
    const read = readInside(folder, name);
    if ('problem' in read) {
      return [wrong(path, `${read.problem} (the plan's folder is ${folder})`)];
    }
    sources.set(name, read.text);
    return isScript && read.text.includes('\r')
      ? [
          wrong(
            path,
            'found carriage returns (Windows line ends) in the script, which bash takes for a part of words',
          ),
        ]
      : [];
  });
  return { sources: Object.fromEntries(sources), problems };
}

interface NamedFile {
  readonly name: string;
  readonly path: KeyPath;
  readonly isScript: boolean;
}

function namedFiles(plan: Plan): NamedFile[] {
  return plan.steps.flatMap((step, index) => [
    ...(step.script === undefined
      ? []
      : [{ name: step.script, path: ['steps', index, 'script'], isScript: true }]),
    ...(step.file?.source === undefined
      ? []
      : [{ name: step.file.source, path: ['steps', index, 'file', 'source'], isScript: false }]),
  ]);
}
