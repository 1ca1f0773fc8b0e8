import { describe, expect, it } from '@jest/globals';
import { installPackages, versionCheck } from '../../src/phases/install-packages.ts';
import { aRole } from '../domain/examples.ts';
import { paperGuard } from '../support/paper-work.ts';
import { aResolved, aResolvedHost, laneIds, stepOf } from '../support/resolved.ts';

const stages = installPackages(aResolved(), 'u1', paperGuard);

describe('installPackages', () => {
  it('guards the databases, denies starts, installs once a host, and stops again', () => {
    const lane = (host: string): string[] =>
      ['policy', 'apt', 'versions'].map((step) => `${host} install-packages.${step}`);
    expect(laneIds(stages)).toEqual([
      ['one install-packages.guard.front'],
      lane('one'),
      lane('two'),
      lane('three'),
      ['one install-packages.stop.web', 'one install-packages.stop.queue'],
      ['two install-packages.stop.web', 'two install-packages.stop.queue'],
      ['three install-packages.stop.agent'],
    ]);
  });

  it('installs one host after the other where the packages change a database, and the others beside', () => {
    const resolved = aResolved();
    const { back, ...roles } = resolved.plan.roles;
    const plan = { ...resolved.plan, roles: { ...roles, back: aRole({ ...back, serial: true }) } };
    const installs = installPackages({ ...resolved, plan }, 'u1', paperGuard).find(({ title }) =>
      title.startsWith('install'),
    );
    expect(installs?.lanes.map((lane) => lane.map(({ host, id }) => `${host} ${id.split('.')[1]}`))).toEqual([
      ['one policy', 'one apt', 'one versions', 'two policy', 'two apt', 'two versions'],
      ['three policy', 'three apt', 'three versions'],
    ]);
  });

  it('looks at the packages right before apt, where the plan knows their hashes', () => {
    const resolved = aResolved();
    const two = aResolvedHost({
      packages: { 'shop-back': '2.1' },
      transaction: { changes: [], removals: [], held: [] },
    });
    const lanes = laneIds(installPackages({ ...resolved, hosts: { two } }, 'u1', paperGuard));
    expect(lanes[1]).toEqual(
      ['policy', 'archives', 'apt', 'versions'].map((step) => `two install-packages.${step}`),
    );
  });

  it('names exact versions, and lets apt neither download nor remove', () => {
    expect(stepOf(stages, 'one', 'install-packages.apt').commands).toEqual([
      'apt-get install --no-download --no-remove shop-common=2.1 shop-front=2.1 shop-back=2.1',
    ]);
  });

  it('runs apt on a terminal, where its questions are met', () => {
    const step = stepOf(stages, 'one', 'install-packages.apt');
    expect(step.kind === 'script' && { terminal: step.terminal, repeat: step.repeat }).toEqual({
      terminal: true,
      repeat: 'safe',
    });
  });

  it('leaves a host alone that has its packages already', () => {
    const resolved = aResolved();
    const hosts = { one: aResolvedHost(), two: aResolvedHost(), three: aResolvedHost() };
    expect(laneIds(installPackages({ ...resolved, hosts }, 'u1', paperGuard)).flat()).toEqual([]);
  });
});

describe('versionCheck', () => {
  const { judge } = versionCheck(aResolved(), 'two', 'verify');
  const line = (name: string, version: string, state = 'install ok installed'): string =>
    `${name}\tall\t${state}\t${version}\n`;

  it('passes when dpkg says so of every package', () => {
    expect(judge(line('shop-common', '2.1') + line('shop-back', '2.1'))).toEqual([]);
  });

  it('names what is missing, other, or half-configured', () => {
    expect(judge('')).toEqual(['shop-common is not installed', 'shop-back is not installed']);
    const found = line('shop-common', '2.0') + line('shop-back', '2.1', 'install ok half-configured');
    expect(judge(found)).toEqual([
      'shop-common is 2.0 (install ok installed), planned was 2.1',
      'shop-back is 2.1 (install ok half-configured), planned was 2.1',
    ]);
  });
});
