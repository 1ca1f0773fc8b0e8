import { describe, expect, it } from '@jest/globals';
import { controlOf, sourcesOf } from '../../fleet/packages/build.ts';
import { CATALOGUE, upstreamOf } from '../../fleet/packages/catalogue.ts';

const INIT_SCRIPT = 'etc/init.d/snf-dispatcher';

describe('sourcesOf', () => {
  it('takes a file from the latest level up to its own', () => {
    const at = (level: '0.15' | '0.16' | '0.16.2' | '0.17') => sourcesOf('snf-cyclades-app', level);
    expect(at('0.15').get('etc/default/snf-dispatcher')).toMatch(/\/0\.15\/etc/);
    expect(at('0.16').get('etc/default/snf-dispatcher')).toMatch(/\/0\.16\/etc/);
    expect(at('0.17').get('etc/default/snf-dispatcher')).toMatch(/\/0\.16\.2\/etc/);
    expect(at('0.17').get(INIT_SCRIPT)).toMatch(/\/0\.15\/etc/);
  });

  it('gives a version nothing of a later one', () => {
    const early = [...sourcesOf('snf-astakos-app', '0.15').keys()];
    expect(early.filter((file) => file.includes('0004_'))).toEqual([]);
  });
});

describe('CATALOGUE', () => {
  it.each(CATALOGUE.map((spec) => [spec.name, spec] as const))(
    '%s has files and a control text',
    (_, spec) => {
      for (const release of spec.releases) {
        expect(sourcesOf(spec.name, release.level).size).toBeGreaterThan(0);
        expect(controlOf(spec, release)).toContain(`\nVersion: ${release.version}\n`);
      }
    },
  );

  it('ties the packages of one version to each other', () => {
    const spec = CATALOGUE.find(({ name }) => name === 'snf-webproject');
    expect(spec?.depends('0.16.2-1', '0.16.2')).toContain('snf-common (= 0.16.2-1)');
  });

  it('leaves snf-branding without a word of snf-common', () => {
    const spec = CATALOGUE.find(({ name }) => name === 'snf-branding');
    expect(spec?.depends('0.16.2-1', '0.16.2').join()).not.toContain('snf-common');
  });
});

describe('upstreamOf', () => {
  it.each([
    ['0.16~rc1-1', '0.16~rc1'],
    ['0.8-2', '0.8'],
    ['1', '1'],
  ])('%s is %s', (version, upstream) => expect(upstreamOf(version)).toBe(upstream));
});
