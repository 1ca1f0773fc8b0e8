import { type Download, listDownloads, parseDownloads } from '../commands/downloads.ts';
import { versionsAre } from '../commands/dpkg.ts';
import { upgradeFolder } from '../commands/host-library.ts';
import { type ResolvedHost, type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import type { CheckStep, Phase } from '../domain/step.ts';
import type { Transaction } from '../domain/transaction.ts';
import type { Command } from '../shell/command.ts';
import { sh } from '../shell/quote.ts';

/** The folder of an upgrade into which packages are downloaded. */
export function archivesOf(upgrade: string): string {
  return `${upgradeFolder(upgrade)}/archives`;
}

/** What to do about files that are not the planned ones; only `prepare` fetches. */
const NEXT: Readonly<Partial<Record<Phase, string>>> = {
  prepare:
    'Let the repository offer again what was planned, and run the same again. Repaired packages need a version of their own.',
  'install-packages':
    'Run the action prepare again, or the whole upgrade: it fetches what is planned. Then go on from here.',
};

/**
 * The files that apt will install are those that were planned. Apt itself compares a file that lies there already by
 * its size alone. Nothing is asked of them once the packages are installed: nobody needs them any more.
 */
export function archivesCheck(
  resolved: ResolvedPlan,
  host: string,
  upgrade: string,
  phase: Phase,
): CheckStep[] {
  const { transaction, packages } = resolvedHost(resolved, host);
  const archives = archivesOf(upgrade);
  return transaction === null
    ? []
    : [
        {
          kind: 'check',
          id: `${phase}.archives`,
          phase,
          host,
          title: 'the downloaded packages are the planned ones',
          commands: [`sha256sum ${archives}/*.deb`],
          script: unlessInstalled(packages, listDownloads(archives)),
          judge: (output) => otherFiles(transaction, parseDownloads(output)),
          next: NEXT[phase] ?? '',
          patience: 0,
        },
      ];
}

function unlessInstalled(packages: ResolvedHost['packages'], { script }: Command): string {
  return `${sh`! bash -c ${versionsAre(packages).script} > /dev/null 2>&1 || exit 0`.text}\n${script}`;
}

/** Which files are not what was planned, in words. One that is missing is apt's to tell of. */
export function otherFiles({ changes }: Transaction, found: readonly Download[]): string[] {
  return found.flatMap(({ name, version, architecture, sha256, path }) => {
    const planned = changes.find(
      (change) => change.name === name && change.to === version && change.architecture === architecture,
    );
    return planned === undefined
      ? [`${path} was not planned: it is ${name} ${version} (${architecture})`]
      : otherContent(planned, sha256);
  });
}

/** What is said of the same version with another content; nothing where its content was not known to the plan. */
export function otherContent(
  { name, to, sha256: planned }: Transaction['changes'][number],
  now: string | null,
): string[] {
  // What an earlier version of this suite has journaled knows no hashes.
  return typeof planned !== 'string' || planned === now
    ? []
    : [`${name} ${to} has another content than planned: SHA-256 ${now ?? 'unknown'}, not ${planned}`];
}
