import { describe, expect, it } from '@jest/globals';
import { parseSpentWords, type SpentWord, spentWordLine } from '../../src/domain/spent-word.ts';

const NAMED: SpentWord = {
  run: 'run https://github.com/example/cloud 17',
  step: 'run-steps.quota',
  about: 'quota on node1',
  verdict: 'again',
};
const BARE: SpentWord = { ...NAMED, about: null, verdict: 'done' };

describe('parseSpentWords', () => {
  it('reads what was written, a line each', () => {
    const text = `${spentWordLine(NAMED)}${spentWordLine(BARE)}`;
    expect(text.split('\n')).toHaveLength(3);
    expect(parseSpentWords(text)).toEqual([NAMED, BARE]);
    expect(parseSpentWords('')).toEqual([]);
  });

  it('reads beyond what another version, or a person, has written', () => {
    const later = JSON.stringify({ ...NAMED, since: 17 });
    const others = [
      'again for quota',
      'null',
      '17',
      '[]',
      '{}',
      JSON.stringify({ ...NAMED, verdict: 'perhaps' }),
    ];
    const text = [...others, later, spentWordLine(BARE)].join('\n');
    expect(parseSpentWords(text)).toMatchObject([NAMED, BARE]);
  });
});
