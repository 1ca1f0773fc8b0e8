import { describe, expect, it } from '@jest/globals';
import { planSecrets } from '../../src/actions/plan-secrets.ts';

function revealed(text: string): Record<string, string> {
  const secrets = planSecrets({ PLAN_SECRETS: text });
  return Object.fromEntries([...secrets].map(([name, secret]) => [name, secret.reveal()]));
}

describe('planSecrets', () => {
  it.each([
    ['nothing', '', {}],
    ['a line', 'HEALTH_TOKEN=sesame', { HEALTH_TOKEN: 'sesame' }],
    ['lines, with empty ones between', '\nA=1\n\n  \nB_2=two\n', { A: '1', B_2: 'two' }],
    ['the line ends of Windows', 'A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['a value as it is', 'A= x=y # z ', { A: ' x=y # z ' }],
  ])('reads %s', (_, text, expected) => {
    expect(revealed(text)).toEqual(expected);
  });

  it('is empty where the variable is not set', () => {
    expect(planSecrets({}).size).toBe(0);
  });

  it.each([
    ['no name', 'A=1\nsesame', 'line 2 is not of the form'],
    ['no value', 'SESAME=', 'line 1 is not of the form'],
    ['a name with a dash', 'SESAME-KEY=sesame', 'line 1 is not of the form'],
    ['a name twice', 'SESAME=1\n\nSESAME=2', 'line 3 has a name that an earlier line has'],
  ])('refuses %s, and says the line alone', (_, text, words) => {
    expect(() => planSecrets({ PLAN_SECRETS: text })).toThrow(words);
    expect(() => planSecrets({ PLAN_SECRETS: text })).toThrow(/^(?!.*sesame)/is);
  });
});
