import { describe, expect, it } from '@jest/globals';
import { Markdown } from '../../src/report/markdown.ts';
import { fitSections, type Section, type Weight } from '../../src/report/size-limit.ts';

function section(name: string, weight: Weight, body: string): Section {
  return { name, weight, body: new Markdown(body) };
}

const big = 'x'.repeat(5000);

describe('fitSections', () => {
  it('keeps everything that fits, without empty sections', () => {
    const sections = [section('a', 'vital', 'A'), section('b', 'useful', ''), section('c', 'extra', 'C')];
    expect(fitSections(sections)).toBe('A\n\nC\n');
  });

  it('leaves out the extra first, then the last of the useful, and says so', () => {
    const sections = [
      section('the cause', 'vital', big),
      section('the first', 'useful', big),
      section('the second', 'useful', big),
      section('the trifles', 'extra', big),
    ];
    const text = fitSections(sections, 13_000);
    expect(text).toMatch(/^x{5000}\n\nx{5000}\n\n_Left out, .*: the second, the trifles\. /);
  });

  it('never grows beyond the limit, even when only vital sections are there', () => {
    const sections = Array.from({ length: 300 }, () => section('the commands', 'vital', big));
    const text = fitSections(sections, 100_000);
    expect(text.length).toBeLessThanOrEqual(100_000);
    expect(text).toContain('Left out, since a summary must not be longer than 1 MiB: the commands.');
  });

  it('counts bytes, not characters', () => {
    const text = fitSections([section('a', 'vital', 'A'), section('b', 'extra', 'ä'.repeat(900))], 1500);
    expect(text).not.toContain('ä');
  });
});
