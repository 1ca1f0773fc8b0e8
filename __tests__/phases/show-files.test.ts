import { chmod, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { FileToPlace, PlanStep } from '../../src/domain/plan.ts';
import { runSteps } from '../../src/phases/run-steps.ts';
import { withFiles } from '../../src/phases/show-files.ts';
import { aStep } from '../domain/examples.ts';
import { movedHosts } from '../support/moved-hosts.ts';
import { aResolved, stepsIn } from '../support/resolved.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What is shown of a step, after the words that it places a file. */
async function shown(steps: readonly PlanStep[], shows = true): Promise<string[][]> {
  await using hosts = await movedHosts('one', 'two', 'three');
  const resolved = aResolved({ sources: { 'files/app.conf': 'from\na file\n' } });
  const planned = { ...resolved, plan: { ...resolved.plan, steps: [...steps] } };
  const stages = await withFiles(hosts.runner, planned, runSteps(planned, 'install', new Map()), shows);
  const asked = [...hosts.hosts.values()].flatMap(({ sent }) => sent);
  expect(asked.map(({ title }) => title)).toEqual(asked.map(() => 'compare the files'));
  return stepsIn(stages).map(({ commands }) => commands.slice(1));
}

const placing = (path: string, more: Partial<FileToPlace> = {}): PlanStep =>
  aStep({
    name: path.replaceAll('/', '.'),
    file: { path, owner: 'root', group: 'root', mode: '0644', content: 'one\ntwo\n', ...more },
  });

it('shows what a file changes: new, other, equal, a link, too private', async () => {
  await using folder = await temporaryFolder();
  await chmod(folder.path, 0o755);
  const at = (name: string): string => join(folder.path, name);
  await writeFile(at('other'), 'one\nzwei\n');
  await chmod(at('other'), 0o600);
  await writeFile(at('changed'), 'one\nzwei\n', { mode: 0o644 });
  await writeFile(at('equal'), 'one\ntwo\n', { mode: 0o644 });
  await symlink('changed', at('link'));
  await writeFile(at('bytes'), Buffer.from([0, 1, 2]), { mode: 0o644 });
  const steps = ['new', 'changed', 'equal', 'link', 'bytes', 'other'].map((name) => placing(at(name)));
  expect(await shown([...steps, placing('/tmp')])).toEqual([
    ['# A new file:', '+one', '+two'],
    ['# What changes in it:', '@@ -1,2 +1,2 @@', ' one', '-zwei', '+two'],
    ['# Its text is there already.'],
    ['# In place of a link to changed:', '+one', '+two'],
    ['# What is there now is no text, and differs.'],
    [
      '# Now it belongs to root:root and has the mode 0600.',
      '# Lines that come: 1, that go: 1. Not everybody may read them: they are not shown.',
    ],
    ['# In its place is a directory, and no file: put it away before.'],
  ]);
});

it('counts the lines where not everybody who reads the run may see the host', async () => {
  await using folder = await temporaryFolder();
  await chmod(folder.path, 0o755);
  const changed = join(folder.path, 'changed');
  await writeFile(changed, 'one\nsecret\n', { mode: 0o644 });
  expect(await shown([placing(changed), placing(join(folder.path, 'new'))], false)).toEqual([
    ['# Lines that come: 1, that go: 1. Not everybody may read them: they are not shown.'],
    ['# A new file:', '+one', '+two'],
  ]);
});

it('asks each host once about all its files, and none about other steps', async () => {
  await using folder = await temporaryFolder();
  const [first, second] = ['first', 'second'].map((name) => join(folder.path, name)) as [string, string];
  const both = { source: 'files/app.conf' };
  const { content: _, ...file } = placing(first).file ?? { path: '', owner: '', group: '', mode: '' };
  expect(
    await shown([
      aStep({ name: 'first', roles: ['back'], file: { ...file, ...both } }),
      aStep({ name: 'script', roles: ['back', 'node'], run: 'echo 1' }),
      aStep({ name: 'second', roles: ['back'], file: { ...file, ...both, path: second } }),
    ]),
  ).toEqual([
    ['# A new file:', '+from', '+a file'],
    ['# A new file:', '+from', '+a file'],
    [],
    [],
    [],
    ['# A new file:', '+from', '+a file'],
    ['# A new file:', '+from', '+a file'],
  ]);
});

it('shows the beginning of a long file', async () => {
  await using folder = await temporaryFolder();
  const content = `${Array.from({ length: 1000 }, (_, at) => `line ${at}`).join('\n')}\n`;
  const [lines = []] = await shown([placing(join(folder.path, 'long'), { content })]);
  expect(lines).toHaveLength(202);
  expect(lines.slice(-2)).toEqual(['+line 199', '# ... and 800 lines more']);
});
