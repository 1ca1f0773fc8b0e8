import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const tests = import.meta.dirname;

describe('docs/traps.md', () => {
  it('names no test that is not there', () => {
    const text = readFileSync(join(tests, '..', 'docs', 'traps.md'), 'utf8');
    const names = [...text.matchAll(/`([a-z/-]+(?:\.test)?\.ts)`/g)].map(([, name = '']) => name);
    const missing = names.filter(
      (name) => !['', 'fleet', 'fleet/support'].some((place) => existsSync(join(tests, place, name))),
    );
    expect(names.length).toBeGreaterThan(20);
    expect(missing.filter((name) => !existsSync(join(tests, '..', name)))).toEqual([]);
  });
});
