import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { checkPlan } from '../domain/check-plan.ts';
import type { Mistake } from '../domain/errors.ts';
import { knownNames } from '../domain/known-names.ts';
import { suggestion } from '../domain/nearest.ts';
import type { Plan } from '../domain/plan.ts';
import { type Draft, draftOf, refuse, unreadable } from './draft.ts';
import { normalisePlan } from './normalise.ts';
import { planSchema } from './plan-schema.ts';
import { readInside } from './read-inside.ts';
import { readSources, type Sources } from './sources.ts';

export interface PlanFolders {
  /** Where the plans lie that come with the suite. */
  readonly builtInFolder: string;
  /** The folder that no path may leave. */
  readonly workspace: string;
}

export interface LoadedPlan {
  readonly plan: Plan;
  /** The file's real path. */
  readonly path: string;
  readonly sources: Sources;
}

/** A plan's file with the scripts beside it, mistakes and all. */
export interface PlanDraft extends Draft<Plan> {
  readonly path: string;
  readonly sources: Sources;
}

/**
 * Loads a built-in plan by its name, or a plan's file by its path (with a slash, or ending in .yml or .yaml).
 * @throws ConfigurationError with every mistake in it
 */
export function loadPlan(nameOrPath: string, folders: PlanFolders): LoadedPlan {
  const draft = readPlan(nameOrPath, folders);
  const own =
    draft.value === null ? [] : checkPlan(draft.value, knownNames(draft.raw, null)).map(draft.place);
  return finishPlan(draft, [...draft.mistakes, ...own]);
}

/** The plan of a draft, when nothing is wrong. */
export function finishPlan(draft: PlanDraft, mistakes: readonly Mistake[]): LoadedPlan {
  refuse(mistakes);
  if (draft.value === null) {
    throw new TypeError('a plan without mistakes has a value');
  }
  return { plan: draft.value, path: draft.path, sources: draft.sources };
}

/** Reads the plan's file and the files that its steps name. */
export function readPlan(nameOrPath: string, { builtInFolder, workspace }: PlanFolders): PlanDraft {
  const builtIn = !/\/|\.ya?ml$/.test(nameOrPath);
  const read = builtIn ? readInside(builtInFolder, `${nameOrPath}.yml`) : readInside(workspace, nameOrPath);
  if ('problem' in read) {
    const message = builtIn ? noBuiltIn(nameOrPath, builtInFolder) : read.problem;
    return { ...unreadable<Plan>(nameOrPath, message), path: '', sources: {} };
  }
  const shown = relative(builtIn ? builtInFolder : workspace, read.path);
  const draft = draftOf(
    read.text,
    builtIn || shown.startsWith('..') ? nameOrPath : shown,
    planSchema,
    normalisePlan,
  );
  if (draft.value === null) {
    return { ...draft, path: read.path, sources: {} };
  }
  const { sources, problems } = readSources(draft.value, read.path);
  return { ...draft, path: read.path, sources, mistakes: [...draft.mistakes, ...problems.map(draft.place)] };
}

function noBuiltIn(name: string, folder: string): string {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => file.slice(0, -'.yml'.length));
  const hint = suggestion(name, names) || `, expected ${names.join(', ')} or the path of a .yml file`;
  return `no built-in plan is called so${hint}`;
}
