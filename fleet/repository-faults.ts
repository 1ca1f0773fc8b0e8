import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fleet } from './fleet.ts';
import { run } from './process.ts';
import { publish } from './publish.ts';
import type { Undo } from './undo.ts';

/** The repository no longer offers the packages whose file name matches, for instance /_0\.16\.2-1_/. */
export async function hidePackages(fleet: Fleet, pattern: RegExp): Promise<Undo> {
  const { folder } = fleet.repository;
  const pool = join(folder, 'pool');
  const hidden = readdirSync(pool).filter((name) => name.endsWith('.deb') && pattern.test(name));
  if (hidden.length === 0) throw new Error(`nothing in the repository matches ${pattern}`);
  for (const name of hidden) renameSync(join(pool, name), join(folder, name));
  await publish(folder);
  return async () => {
    for (const name of hidden) renameSync(join(folder, name), join(pool, name));
    await publish(folder);
  };
}

/**
 * Unpacks a package of the fleet's repository, lets `edit` change the tree (with DEBIAN/ in it), and offers the
 * result in its place, or beside it where `edit` changed the version. Undo brings the repository back.
 */
export async function alterPackage(
  fleet: Fleet,
  name: string,
  version: string,
  edit: (tree: string) => void,
): Promise<Undo> {
  const { folder } = fleet.repository;
  const file = join(folder, 'pool', `${name}_${version}_all.deb`);
  const tree = mkdtempSync(join(tmpdir(), 'fleet-package-'));
  const kept = join(folder, `${name}_${version}_all.deb.kept`);
  try {
    await run('dpkg-deb', ['--raw-extract', file, tree]);
    edit(tree);
    copyFileSync(file, kept);
    const control = readFileSync(join(tree, 'DEBIAN', 'control'), 'utf8');
    const field = (key: string): string => new RegExp(`^${key}: (\\S+)$`, 'm').exec(control)?.[1] ?? '';
    const made = join(folder, 'pool', `${field('Package')}_${field('Version').replace(':', '%3a')}_all.deb`);
    await run('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, made]);
    await publish(folder);
    return async () => {
      rmSync(made, { force: true });
      renameSync(kept, file);
      await publish(folder);
    };
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** A package with another postinst. */
export function otherPostinst(
  fleet: Fleet,
  name: string,
  script: string,
  version = '0.16.2-1',
): Promise<Undo> {
  return alterPackage(fleet, name, version, (tree) => {
    writeFileSync(join(tree, 'DEBIAN', 'postinst'), script, { mode: 0o755 });
  });
}

/** A package whose postinst fails: rc 100, half-configured. A host that unpacked it keeps that postinst. */
export function brokenPostinst(fleet: Fleet, name: string, version = '0.16.2-1'): Promise<Undo> {
  const script = '#!/bin/sh\necho "postinst: no such luck" >&2\nexit 1\n';
  return otherPostinst(fleet, name, script, version);
}

/** A package that wants one thing more, for instance "libpq5 (>= 99)" or "snf-network (<< 0.16)". */
export function addDependency(
  fleet: Fleet,
  name: string,
  version: string,
  dependency: string,
): Promise<Undo> {
  return alterPackage(fleet, name, version, (tree) => {
    const control = join(tree, 'DEBIAN', 'control');
    writeFileSync(control, readFileSync(control, 'utf8').replace(/^Depends: .*$/m, `$&, ${dependency}`));
  });
}

/** A newer version of any package, in name: it contains nothing. */
export function offerEmpty(fleet: Fleet, name: string, version: string): Promise<Undo> {
  return alterPackage(fleet, 'python-lockfile', '0.8-2', (tree) => {
    rmSync(join(tree, 'usr'), { recursive: true });
    const fields = [
      `Package: ${name}`,
      `Version: ${version}`,
      'Architecture: all',
      'Maintainer: Fleet <f@localhost>',
    ];
    writeFileSync(join(tree, 'DEBIAN', 'control'), `${fields.join('\n')}\nDescription: empty\n`);
  });
}
