import type { FileToPlace, PlanStep } from '../domain/plan.ts';
import { type ResolvedPlan, textOf } from '../domain/resolved.ts';
import type { Stage, Step } from '../domain/step.ts';
import { askOk, type Runner } from '../executor/ask.ts';
import { mapParallel } from '../executor/pool.ts';
import { compareFiles, type FoundFile, parseFiles } from '../facts/files.ts';
import { planStepId } from './run-steps.ts';

/** Lines of one file that are shown. */
const MOST_LINES = 200;

/**
 * The stages with what each file that they place would change. Packages that are installed before may change the
 * file as well: what is shown is how it is now.
 * @param shows whether those who read this may see what the hosts' own files hold
 */
export async function withFiles(
  runner: Runner,
  resolved: ResolvedPlan,
  stages: readonly Stage[],
  shows: boolean,
): Promise<Stage[]> {
  const placing = new Map(
    resolved.plan.steps.filter(({ file }) => file !== undefined).map((step) => [planStepId(step), step]),
  );
  const steps = stages.flatMap(({ lanes }) => lanes.flat()).filter(({ id }) => placing.has(id));
  const byHost = Map.groupBy(steps, ({ host }) => host);
  const found = await mapParallel([...byHost.keys()], async (host) => {
    const questions = (byHost.get(host) ?? []).flatMap(({ id }) => {
      const step = placing.get(id);
      return step?.file === undefined ? [] : [{ id, path: step.file.path, text: textOf(resolved, step) }];
    });
    return parseFiles(host, await askOk(runner, host, compareFiles(questions)));
  });
  const shown = (step: Step): Step => {
    const [planned, there] = [placing.get(step.id), found.get(step.host)?.get(step.id)];
    return planned?.file === undefined || there === undefined
      ? step
      : {
          ...step,
          commands: [
            ...step.commands,
            ...change(resolved, planned, planned.file, shows ? there : { ...there, open: false }),
          ],
        };
  };
  return stages.map((stage) => ({ ...stage, lanes: stage.lanes.map((lane) => lane.map(shown)) }));
}

/** What a file's placing changes, a line each. */
function change(resolved: ResolvedPlan, step: PlanStep, file: FileToPlace, found: FoundFile): string[] {
  const added = (): string[] =>
    limited(
      textOf(resolved, step)
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `+${line}`),
    );
  switch (found.kind) {
    case 'absent':
      return ['# A new file:', ...added()];
    case 'link':
      return [`# In place of a link to ${found.about}:`, ...added()];
    case 'other':
      return [`# In its place is a ${found.about}, and no file: put it away before.`];
    case 'large':
      return [`# In place of a file of ${found.about} bytes, which is too long to compare.`];
    case 'hidden':
      return ['# What is in its place now, not everybody on the host may see: it is not shown.'];
    case 'file':
      return [...owned(file, found), ...text(found)];
  }
}

function owned({ owner, group, mode }: FileToPlace, { about }: FoundFile): string[] {
  const [was = '', ...who] = about.split(' ');
  return Number.parseInt(was, 8) === Number.parseInt(mode, 8) && who.join(':') === `${owner}:${group}`
    ? []
    : [`# Now it belongs to ${who.join(':')} and has the mode ${was.padStart(4, '0')}.`];
}

function text({ difference, open }: FoundFile): string[] {
  if (difference === '') {
    return ['# Its text is there already.'];
  }
  if (!difference.startsWith('--- ')) {
    return ['# What is there now is no text, and differs.'];
  }
  // Its first two lines name both sides.
  const lines = difference.replace(/\n$/, '').split('\n').slice(2);
  if (open) {
    return ['# What changes in it:', ...limited(lines)];
  }
  const [more, fewer] = ['+', '-'].map((sign) => lines.filter((line) => line.startsWith(sign)).length);
  return [`# Lines that come: ${more}, that go: ${fewer}. Not everybody may read them: they are not shown.`];
}

function limited(lines: readonly string[]): string[] {
  return lines.length <= MOST_LINES
    ? [...lines]
    : [...lines.slice(0, MOST_LINES), `# ... and ${lines.length - MOST_LINES} lines more`];
}
