import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FLEET_SOURCES } from '../paths.ts';
import { run } from '../process.ts';

/** What callers call this project, and the tag that they pin it to: the examples have the same. */
export const SUITE = 'OWNER/synnefo-upgrade';
export const SUITE_REF = 'v0';

/**
 * Puts the project's working tree into a folder as a runner would fetch it: what git tracks or would, dist/ as it was
 * built last, nothing else. act knows no `$/`, so every `uses: $/` becomes one that names this project; it knows no
 * `queue`, and no reviewers, so the job that they let go waits for a file.
 */
export async function exportSuite(folder: string, approval: string): Promise<void> {
  const root = dirname(FLEET_SOURCES);
  mkdirSync(folder, { recursive: true });
  // An index of its own: the one of whoever works here is not touched.
  const env = { GIT_INDEX_FILE: join(folder, '..', 'export.index') };
  await run('git', ['read-tree', 'HEAD'], { cwd: root, env });
  await run('git', ['add', '--all'], { cwd: root, env });
  const tree = (await run('git', ['write-tree'], { cwd: root, env })).stdout.trim();
  const archive = join(folder, '..', 'export.tar');
  await run('git', ['archive', '--output', archive, tree], { cwd: root });
  await run('tar', ['--extract', '--file', archive, '--directory', folder]);
  for (const name of globSync('{.github/workflows,actions/*}/*.yml', { cwd: folder })) {
    const file = join(folder, name);
    writeFileSync(file, awaiting(unqueued(selfNamed(readFileSync(file, 'utf8'))), approval));
  }
}

/** The job in the environment itself with a first step that waits for the file. */
export function awaiting(text: string, approval: string): string {
  const wait = `      - name: approval\n        run: until [ -e '${approval}' ]; do sleep 0.1; done\n`;
  return text.replace(
    /\n {4}environment: \$\{\{ inputs\.environment \}\}\n[\s\S]*?\n {4}steps:\n/,
    `$&${wait}`,
  );
}

/** `uses: $/PATH` as `uses: OWNER/synnefo-upgrade/PATH@v0`, and nothing else. */
export function selfNamed(text: string): string {
  return text.replaceAll(/^(\s*(?:- )?uses: )\$\/(\S+)/gm, `$1${SUITE}/$2@${SUITE_REF}`);
}

/** `concurrency` without its `queue`. */
export function unqueued(text: string): string {
  return text.replaceAll(/^ +queue: max\n/gm, '');
}
