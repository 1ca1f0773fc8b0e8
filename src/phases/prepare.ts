import { download, knows, simulate, update } from '../commands/apt.ts';
import type { AptRequest } from '../commands/apt-request.ts';
import { versionsAre } from '../commands/dpkg.ts';
import { upgradeFolder } from '../commands/host-library.ts';
import { saveSettings } from '../commands/settings.ts';
import { type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import type { CheckStep, Stage, Step } from '../domain/step.ts';
import { aptsWords, parseTransaction, type Transaction } from '../domain/transaction.ts';
import { archivesCheck, archivesOf, otherContent } from './archives.ts';
import { scriptStep, stageOf } from './steps.ts';

/**
 * All that can be done while the services still run: fresh package lists, the proof that apt would still do what
 * was planned, the packages themselves, and a copy of the settings.
 */
export function prepare(resolved: ResolvedPlan, upgrade: string): Stage[] {
  return [
    stageOf(resolved, 'prepare', 'fetch the packages and keep the settings', (host) =>
      hasPackages(resolved, host) ? prepareHost(resolved, host, upgrade) : [],
    ),
  ];
}

function prepareHost(resolved: ResolvedPlan, host: string, upgrade: string): Step[] {
  const planned = resolvedHost(resolved, host).transaction?.changes;
  const fetch = download({
    ...aptRequest(resolved, host),
    archives: archivesOf(upgrade),
    ...(planned === undefined ? {} : { planned }),
  });
  return [
    scriptStep({
      id: 'prepare.update',
      phase: 'prepare',
      host,
      title: 'apt-get update',
      script: update().script,
      // Another version may have been planned since, or the lists thrown away.
      check: knows(resolvedHost(resolved, host).packages).script,
    }),
    transactionCheck(resolved, host),
    scriptStep({
      id: 'prepare.download',
      phase: 'prepare',
      host,
      title: fetch.title,
      commands: [aptLine(resolved, host, '--download-only')],
      script: fetch.script,
      timeLimit: 7200,
      // Until they are installed: downloading again is quick where all is there, and mends what was cleaned away.
      check: versionsAre(resolvedHost(resolved, host).packages).script,
      renews: true,
      // An apt that outlived its run holds the lock for which a download waits, and is followed.
      usedBy: 'install-packages.apt',
    }),
    ...archivesCheck(resolved, host, upgrade, 'prepare'),
    scriptStep({
      id: 'prepare.settings',
      phase: 'prepare',
      host,
      title: 'keep a copy of /etc',
      commands: [`tar --create --file=${upgradeFolder(upgrade)}/rollback/etc.tar --directory=/ etc`],
      script: saveSettings().text,
    }),
  ];
}

export function hasPackages(resolved: ResolvedPlan, host: string): boolean {
  return Object.keys(resolvedHost(resolved, host).packages).length > 0;
}

/** What apt is asked for on a host, the same in the simulation, the download and the install. */
export function aptRequest(resolved: ResolvedPlan, host: string): AptRequest {
  const { packages, transaction } = resolvedHost(resolved, host);
  return { packages, release: resolved.plan.apt.release, held: transaction?.held ?? [] };
}

/** The call of apt as people read it. */
export function aptLine(resolved: ResolvedPlan, host: string, ...options: readonly string[]): string {
  const { packages, release } = aptRequest(resolved, host);
  const versions = Object.entries(packages).map(([name, version]) => `${name}=${version}`);
  return ['apt-get install', ...options, ...(release === undefined ? [] : ['-t', release]), ...versions].join(
    ' ',
  );
}

function transactionCheck(resolved: ResolvedPlan, host: string): CheckStep {
  const planned = resolvedHost(resolved, host).transaction;
  return {
    kind: 'check',
    id: 'prepare.transaction',
    phase: 'prepare',
    host,
    title: 'apt would do what was planned',
    commands: [aptLine(resolved, host, '--simulate')],
    script: simulate(aptRequest(resolved, host)).script,
    judge: (output) => differences(planned, parseTransaction(output)),
    shown: aptsWords,
    patience: 0,
    until: 'install-packages.apt',
  };
}

/** What apt would do now and was not planned, or the other way round. */
export function differences(planned: Transaction | null, now: Transaction): string[] {
  const before = linesOf(planned ?? { changes: [], removals: [], held: [] });
  const after = linesOf(now);
  return [
    ...otherContents(planned, now),
    ...after.filter((line) => !before.includes(line)).map((line) => `not planned: ${line}`),
    ...before.filter((line) => !after.includes(line)).map((line) => `planned and no longer so: ${line}`),
  ];
}

/** The same versions, and other files: where the content was planned it must be the same. */
function otherContents(planned: Transaction | null, now: Transaction): string[] {
  return now.changes.flatMap(({ name, to, architecture, sha256 }) => {
    const before = planned?.changes.find(
      (change) => change.name === name && change.to === to && change.architecture === architecture,
    );
    return before === undefined ? [] : otherContent(before, sha256);
  });
}

function linesOf({ changes, removals }: Transaction): string[] {
  return [
    ...changes.map(({ name, from, to }) => `${name} ${from ?? '(new)'} -> ${to}`),
    ...removals.map(({ name, version }) => `${name} ${version} removed`),
  ];
}
