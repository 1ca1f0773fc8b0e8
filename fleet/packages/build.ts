import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { FLEET_SOURCES } from '../paths.ts';
import { run } from '../process.ts';
import { LEVELS, type Level, type PackageSpec, type Release, upstreamOf } from './catalogue.ts';

export const PACKAGE_FILES = join(FLEET_SOURCES, 'packages', 'files');

const MAINTAINER_SCRIPTS = ['config', 'preinst', 'postinst', 'prerm', 'postrm'];

/** Paths of the files below a folder, relative to it, sorted. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Which source each file of a version comes from: the latest level up to its own that has it. */
export function sourcesOf(name: string, level: Level): Map<string, string> {
  const sources = new Map<string, string>();
  for (const each of LEVELS.slice(0, LEVELS.indexOf(level) + 1)) {
    const folder = join(PACKAGE_FILES, name, each);
    for (const file of filesBelow(folder)) sources.set(file, join(folder, file));
  }
  return sources;
}

/** The control file's text. */
export function controlOf(spec: PackageSpec, release: Release): string {
  return [
    `Package: ${spec.name}`,
    `Version: ${release.version}`,
    'Architecture: all',
    'Maintainer: Fleet of synnefo-upgrade <fleet@localhost>',
    'Section: net',
    'Priority: optional',
    `Depends: ${spec.depends(release.version, release.level).join(', ')}`,
    `Description: stand-in for ${spec.name}`,
    ' It behaves in an upgrade as the package of this name does, and does nothing else.',
    '',
  ].join('\n');
}

/** Builds one .deb into `pool`; the file's name is returned. */
export async function buildPackage(spec: PackageSpec, release: Release, pool: string): Promise<string> {
  const tree = join(pool, `${spec.name}.tree`);
  rmSync(tree, { recursive: true, force: true });
  const sources = sourcesOf(spec.name, release.level);
  for (const [file, source] of sources) copyFilled(source, join(tree, file), release);
  put(join(tree, 'DEBIAN', 'control'), controlOf(spec, release), 0o644);
  const conffiles = [...sources.keys()].filter((file) => file.startsWith('etc/'));
  put(join(tree, 'DEBIAN', 'conffiles'), conffiles.map((file) => `/${file}\n`).join(''), 0o644);
  setTimes(tree, release.level);
  const name = `${spec.name}_${release.version}_all.deb`;
  await run('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, join(pool, name)]);
  rmSync(tree, { recursive: true });
  return name;
}

function copyFilled(source: string, target: string, release: Release): void {
  const text = readFileSync(source, 'utf8')
    .replaceAll('@VERSION@', release.version)
    .replaceAll('@UPSTREAM@', upstreamOf(release.version));
  const script =
    dirname(target).endsWith('DEBIAN') && MAINTAINER_SCRIPTS.includes(target.split('/').at(-1) ?? '');
  const executable = script || (statSync(source).mode & 0o111) !== 0;
  put(target, text, executable ? 0o755 : 0o644);
}

function put(target: string, text: string, mode: number): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  writeFileSync(target, text);
  chmodSync(target, mode);
}

/** A day of its own for each level: Python trusts a stale .pyc when size and time of a source are equal. */
function setTimes(tree: string, level: Level): void {
  const time = Date.UTC(2020, 0, 1 + LEVELS.indexOf(level)) / 1000;
  for (const entry of readdirSync(tree, { recursive: true }))
    utimesSync(join(tree, String(entry)), time, time);
}
