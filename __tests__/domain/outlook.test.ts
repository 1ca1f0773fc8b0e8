import { describe, expect, it } from '@jest/globals';
import type { HostFacts } from '../../src/domain/facts.ts';
import { irreversibleIn, outlookOf } from '../../src/domain/outlook.ts';
import { aResolved, aResolvedHost } from '../support/resolved.ts';

/** Facts of the host `one`, as far as they matter here. */
function facts(known: { size?: number; offers?: readonly string[] }): Map<string, HostFacts> {
  const { size = 0, offers = [] } = known;
  const databases = { front: { sizeBytes: size } };
  const packages = { 'shop-front': { offers } };
  return new Map([['one', { databases, packages } as unknown as HostFacts]]);
}

const CHANGE = {
  name: 'shop-front',
  from: '1.0-1',
  to: '2.0-1',
  architecture: 'all',
  origin: 'shop',
  sha256: 'a'.repeat(64),
};

describe('outlookOf', () => {
  it('tells what cannot be undone as it was decided at the beginning', () => {
    const resolved = { ...aResolved(), irreversible: ['one: old 1 is removed'] };
    expect(outlookOf(resolved, facts({}), []).irreversible).toEqual(['one: old 1 is removed']);
  });

  it('estimates the dump of every database by its size', () => {
    const disks = [{ host: 'one', folders: ['/usr'], freeBytes: 5e9, needBytes: 1e6, estimated: false }];
    const found = outlookOf(aResolved(), facts({ size: 300e6 }), disks);
    expect(found.disks).toBe(disks);
    expect(found.databases).toEqual([
      { name: 'shop', host: 'one', port: 5432, sizeBytes: 300e6, dumpBytes: 100e6, dumpSeconds: 12 },
    ]);
  });
});

describe('irreversibleIn', () => {
  it('says what brings nobody back: migrations, removals, and old packages that are not on offer', () => {
    const resolved = aResolved();
    const transaction = { changes: [CHANGE], removals: [{ name: 'old', version: '1' }], held: [] };
    const planned = {
      ...resolved,
      hosts: { one: aResolvedHost({ transaction }) },
    };
    expect(irreversibleIn(planned, facts({ offers: ['2.0-1'] }))).toEqual([
      'shop on one is migrated: only its dump brings the old schema back',
      'one: shop-front 1.0-1 is not on offer: once replaced, it cannot be installed again from there',
      'one: old 1 is removed',
    ]);
    expect(irreversibleIn(planned, facts({ offers: ['2.0-1', '1.0-1'] }))).toHaveLength(2);
  });
});
