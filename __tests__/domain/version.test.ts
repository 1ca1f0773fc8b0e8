import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareVersions, isVersion } from '../../src/domain/version.ts';

/** One process for many questions: starting dpkg is what costs. */
function askDpkg(script: string, lines: readonly string[]): string[] {
  const output = execFileSync('bash', ['-c', `while read -r a b; do ${script}; done`], {
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
  });
  return output.trimEnd().split('\n');
}

const COMPARE =
  'dpkg --compare-versions "$a" lt "$b" && echo -1 || { dpkg --compare-versions "$a" eq "$b" && echo 0 || echo 1; }';
const VALIDATE = 'dpkg --validate-version "$a" 2>&- && echo yes || echo no';

const part = fc
  .array(fc.constantFrom('0', '1', '9', '00', '10', 'a', 'Z', 'rc', '~', '~~', '+', '.', 'b', '-'), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
/** A dash in the upstream part needs a revision, and a revision has none. */
const version = fc
  .record({
    epoch: fc.constantFrom('', '0:', '1:', '10:'),
    head: fc.constantFrom('0', '1', '01', '10'),
    part,
    dash: part,
  })
  .map(({ epoch, head, part: rest, dash }) => `${epoch}${head}${rest}${revision(rest, dash)}`);

function revision(upstream: string, wanted: string): string {
  const text = wanted.replaceAll('-', '');
  return upstream.includes('-') || text !== '' ? `-${text || '0'}` : '';
}

describe('compareVersions', () => {
  it('says what dpkg says', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(version, version), { minLength: 60, maxLength: 60 }), (pairs) => {
        const answers = askDpkg(
          COMPARE,
          pairs.map(([a, b]) => `${a} ${b}`),
        );
        expect(pairs.map(([a, b]) => `${a} ${b} ${Math.sign(compareVersions(a, b))}`)).toEqual(
          pairs.map(([a, b], index) => `${a} ${b} ${answers[index]}`),
        );
      }),
      { numRuns: 6 },
    );
  });

  it.each([
    ['0.16~rc1-1', '0.16-1'],
    ['0.16~', '0.16~rc1-1'],
    ['0.15.2-1', '0.16~'],
    ['0.16.2-1', '0.17~'],
    ['9', '10'],
    ['1', '1a'],
    ['1a', '1+'],
    ['2.0', '1:0.1'],
    ['1-1', '1-2'],
    ['20240101000000000000001', '20240101000000000000002'],
  ])('puts %s before %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
  });

  it.each([
    ['1.0', '0:1.0'],
    ['1.01', '1.1'],
    ['1', '1-0'],
  ])('holds %s and %s for equal', (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
  });
});

describe('isVersion', () => {
  const text = fc
    .array(fc.constantFrom('0', '1', '9', 'a', '~', '+', '.', '-', ':', '_', '/', '('), {
      minLength: 1,
      maxLength: 6,
    })
    .map((characters) => characters.join(''))
    // dpkg reads a sign before the epoch, which the policy does not know.
    .filter((each) => !/^\+\d+:/.test(each));

  it('accepts what dpkg accepts', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(text, version), { minLength: 100, maxLength: 100 }), (texts) => {
        const answers = askDpkg(VALIDATE, texts);
        expect(texts.map((each) => `${each} ${isVersion(each) ? 'yes' : 'no'}`)).toEqual(
          texts.map((each, index) => `${each} ${answers[index]}`),
        );
      }),
      { numRuns: 6 },
    );
  });

  it.each(['', ' 1', '1 ', '1\n', '2147483648:1', '1:', '1-', '1a:2', '1:2-3:4', '-1', '+0:0', '$(x)'])(
    'refuses %j',
    (wrong) => {
      expect(isVersion(wrong)).toBe(false);
    },
  );
});
