import { describe, expect, it } from '@jest/globals';
import { survey } from '../../src/executor/survey.ts';
import type { Transport } from '../../src/ports.ts';
import { aHost, anInventory, aPlan, aRole } from '../domain/examples.ts';
import { lookAnswer } from '../support/look-answer.ts';
import { movedHosts } from '../support/moved-hosts.ts';

const PLAN = aPlan({
  roles: { node: aRole({ packages: ['app'] }) },
  versions: { from: {}, to: { app: '>= 2' }, same: [] },
});

/** What a host answers when its clock is two hours behind, so that apt takes no list. */
function late(boot: string): string {
  const now = `${BigInt(Date.now() - 7_200_000) * 1_000_000n}`;
  const answer = lookAnswer(
    ['host', boot, 'amd64', 'systemd', now],
    ['asked', 'app'],
    ['unread', 'E: Release file for shop is not valid yet'],
  );
  return answer.replace(/\nend\|0\n$/, `\nend|${now}\n`);
}

describe('survey', () => {
  it('says that a clock is off beside what apt makes of it, and nothing of versions that nobody knows', async () => {
    await using hosts = await movedHosts('one');
    const asked: string[] = [];
    const one: Transport = {
      host: 'one',
      exec: async ({ title }) => {
        asked.push(title);
        return { code: 0, signal: null, stdout: late('boot'), stderr: '' };
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
    const inventory = anInventory({ hosts: { one: aHost({ roles: ['node'] }) }, databases: {} });
    const found = await survey(
      { ...hosts.runner, hosts: new Map([['one', one]]) },
      { plan: PLAN, inventory, sources: {} },
    );
    expect(found.refusals).toEqual([
      expect.stringMatching(/^one: its clock is 7\d{3} s behind the runner's/),
      'one: its package lists cannot be read:\nE: Release file for shop is not valid yet',
    ]);
    expect(asked).toEqual(['read facts']);
  });
});
