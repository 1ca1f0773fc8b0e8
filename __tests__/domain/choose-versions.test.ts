import { describe, expect, it } from '@jest/globals';
import { chooseVersions } from '../../src/domain/choose-versions.ts';
import type { HostFacts, PackageFacts } from '../../src/domain/facts.ts';
import type { Versions } from '../../src/domain/plan.ts';
import { aHost, anInventory, aPlan, aRole } from './examples.ts';

const OFFERS = ['0.17-1', '0.16.2-1', '0.16~rc1-1', '0.15.2-1'];

function aPackage(overrides: Partial<PackageFacts> = {}): PackageFacts {
  return {
    state: 'install ok installed',
    version: '0.15.2-1',
    held: false,
    candidate: '0.17-1',
    offers: OFFERS,
    ...overrides,
  };
}

function factsOf(
  hosts: Readonly<Record<string, Readonly<Record<string, PackageFacts>>>>,
): Map<string, HostFacts> {
  const rest = {
    bootId: 'b',
    hostKeys: [],
    unreadLists: '',
    release: 'bookworm',
    architecture: 'amd64',
    init: 'systemd',
    clockOffset: 0,
  } as const;
  const empty = { missingTools: [], unfinished: [], services: {}, free: {}, databases: {} };
  return new Map(
    Object.entries(hosts).map(([host, packages]) => [host, { host, packages, ...rest, ...empty }]),
  );
}

/** Two hosts with `lib`, the first of them with `app` and the free `util` too. */
function choose(
  hosts: Readonly<Record<string, Readonly<Record<string, PackageFacts>>>>,
  versions: Partial<Versions> = {},
) {
  const plan = aPlan({
    versions: {
      from: { lib: '>= 0.15, < 0.16~' },
      to: { app: '>= 0.16~, < 0.17~', lib: '>= 0.16~, < 0.17~', util: 'any' },
      same: [['lib', 'app']],
      ...versions,
    },
    roles: { web: aRole({ packages: ['util', 'lib', 'app'] }), node: aRole({ packages: ['lib'] }) },
  });
  const inventory = anInventory({
    hosts: { one: aHost({ roles: ['web'] }), two: aHost({ roles: ['node'] }) },
    databases: {},
  });
  return chooseVersions(plan, inventory, factsOf(hosts));
}

const util = aPackage({ version: '1.0', offers: ['1.1', '1.0'] });

describe('chooseVersions', () => {
  it('takes the newest that the rule allows, and not the newest', () => {
    expect(choose({ one: { util, lib: aPackage(), app: aPackage() }, two: { lib: aPackage() } })).toEqual({
      refusals: [],
      packages: {
        one: { util: '1.1', lib: '0.16.2-1', app: '0.16.2-1' },
        two: { lib: '0.16.2-1' },
      },
    });
  });

  it('chooses nothing where all is there, though something newer is on offer', () => {
    const done = aPackage({ version: '0.16~rc1-1' });
    expect(choose({ one: { util, lib: done, app: done }, two: { lib: done } })).toEqual({
      refusals: [],
      packages: {},
    });
  });

  it('leaves a host out on which everything is as chosen', () => {
    const done = aPackage({ version: '0.16.2-1' });
    const { packages } = choose({ one: { util, lib: aPackage(), app: aPackage() }, two: { lib: done } });
    expect(Object.keys(packages)).toEqual(['one']);
  });

  it('takes a package up that is there in the right version and not configured', () => {
    const broken = aPackage({ version: '0.16.2-1', state: 'install ok half-configured' });
    const done = aPackage({ version: '0.16.2-1' });
    const { packages, refusals } = choose({
      one: { util: aPackage({ version: '1.1', offers: ['1.1'] }), lib: done, app: broken },
      two: { lib: done },
    });
    // Half-configured is not what the plan starts from either, but only `lib` has such a rule here.
    expect({ hosts: Object.keys(packages), refusals }).toEqual({ hosts: ['one'], refusals: [] });
  });

  it('says what is on offer when nothing fits', () => {
    const { refusals } = choose({
      one: { util, lib: aPackage(), app: aPackage({ offers: ['0.17-1', '0.15.2-1'] }) },
      two: { lib: aPackage({ offers: [] }) },
    });
    expect(refusals).toEqual([
      'one: no version of app in the wanted range (>= 0.16~, < 0.17~) is on offer; 0.17-1, 0.15.2-1 are',
      'two: no version of lib in the wanted range (>= 0.16~, < 0.17~) is on offer; nothing is',
    ]);
  });

  it('says when the upgrade does not begin where the plan does', () => {
    const { refusals } = choose({
      one: { util, lib: aPackage({ version: '0.14-1' }), app: aPackage() },
      two: { lib: aPackage({ version: null, state: '' }) },
    });
    expect(refusals).toEqual([
      'one: lib is 0.14-1, and the plan upgrades from >= 0.15, < 0.16~',
      'two: lib is not installed, and the plan upgrades from >= 0.15, < 0.16~',
    ]);
  });

  it('refuses packages of one group in different versions, across hosts', () => {
    const { refusals } = choose({
      one: { util, lib: aPackage(), app: aPackage() },
      two: { lib: aPackage({ offers: ['0.16~rc1-1', '0.15.2-1'] }) },
    });
    expect(refusals).toEqual([
      'lib and app must have the same version everywhere, and would be lib 0.16.2-1 on one, app 0.16.2-1 on one, lib 0.16~rc1-1 on two',
    ]);
  });

  it('knows a package that the host knows nothing of', () => {
    const { refusals } = choose({ one: { util, lib: aPackage() }, two: { lib: aPackage() } });
    expect(refusals).toEqual([
      'one: no version of app in the wanted range (>= 0.16~, < 0.17~) is on offer; nothing is',
    ]);
  });
});
