import { describe, expect, it } from '@jest/globals';
import { bridgeOf, candidates } from '../../fleet/network.ts';
import { defaultName, digest } from '../../fleet/paths.ts';
import { idOf } from '../../fleet/state.ts';

describe('names of fleets', () => {
  it('accepts the default and refuses what could leave the state folder', () => {
    expect(idOf(defaultName(), 'spread')).toBe(`${defaultName()}-spread`);
    for (const name of ['..', 'a/b', '', '-x', 'A', 'a'.repeat(60)]) {
      expect(() => idOf(name, 'spread')).toThrow('fleet name');
    }
  });

  it('gives two fleets two bridges, whose names the kernel takes', () => {
    expect(bridgeOf('one-spread')).not.toBe(bridgeOf('two-spread'));
    expect(bridgeOf('one-spread').length).toBeLessThanOrEqual(15);
  });

  it('offers every subnet of 10.64.0.0/10 once, starting anywhere', () => {
    const all = candidates('one-spread');
    expect(new Set(all).size).toBe(64 * 256);
    for (const prefix of all) expect(prefix).toMatch(/^10\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d{1,3}$/);
    expect(all[0]).not.toBe(candidates('two-spread')[0]);
  });

  it('digests parts and not their mere concatenation', () => {
    expect(digest('a', 'bc')).not.toBe(digest('ab', 'c'));
  });
});
