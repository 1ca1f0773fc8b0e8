import { expect, it, jest } from '@jest/globals';
import { readFacts } from '../../src/executor/survey.ts';
import { aHost, anInventory, aPlan, aRole } from '../domain/examples.ts';
import { movedHosts } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

it('asks each host once for all that is to be known of it', async () => {
  await using hosts = await movedHosts('one', 'two');
  const plan = aPlan({ roles: { front: aRole({ services: ['web', 'queue'], packages: ['dash', 'bash'] }) } });
  const inventory = anInventory({
    hosts: { one: aHost({ roles: ['front'] }), two: aHost({ roles: ['front'] }) },
    databases: {},
  });
  const facts = await readFacts(hosts.runner, { plan, inventory, sources: {} }, 'system');
  expect([...facts.keys()]).toEqual(['one', 'two']);
  for (const host of facts.keys()) {
    expect(hosts.host(host).sent.map(({ title }) => title)).toEqual(['read facts']);
    expect(Object.keys(facts.get(host)?.packages ?? {})).toEqual(['dash', 'bash']);
  }
});
