import { describe, expect, it, jest } from '@jest/globals';
import type { Scope } from '../../src/domain/scope.ts';
import type { Phase, ScriptStep } from '../../src/domain/step.ts';
import { Executor } from '../../src/executor/executor.ts';
import { refuseLeftOut, refuseTooEarly } from '../../src/phases/order.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import { type Part, stagesOf } from '../../src/phases/upgrade.ts';
import { type MovedHosts, movedHosts, openJournal } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const HOSTS = ['one', 'two'] as const;
const ONE_ALONE: Scope = { whole: false, hosts: new Set(['one']), databases: new Set() };

function part(phase: Phase, more: Partial<ScriptStep> = {}): Part {
  const lanes = HOSTS.map((host) => [
    scriptStep({ id: `${phase}.it`, phase, host, title: `do ${phase}`, script: ':', ...more }),
  ]);
  return { phase, at: null, stages: [{ phase, title: phase, lanes }] };
}

/** The same part on one host alone. */
function on(host: string, { stages, ...rest }: Part): Part {
  const lanes = (all: Part['stages'][number]['lanes']) => all.filter(([step]) => step?.host === host);
  return { ...rest, stages: stages.map((stage) => ({ ...stage, lanes: lanes(stage.lanes) })) };
}

async function ran(hosts: MovedHosts, ...parts: Part[]) {
  const journal = await openJournal(hosts);
  await new Executor(hosts.runner, journal).run(stagesOf(parts));
  return journal;
}

describe('refuseTooEarly', () => {
  const stop = part('stop-services');
  const install = part('install-packages');

  it('lets a part run when all before it is done', async () => {
    await using hosts = await movedHosts(...HOSTS);
    const journal = await ran(hosts, stop);
    await refuseTooEarly(hosts.runner, journal, [stop, install], install);
  });

  it('names what is left on any host, and the action to run', async () => {
    await using hosts = await movedHosts(...HOSTS);
    const journal = await ran(hosts, on('one', stop));
    await expect(refuseTooEarly(hosts.runner, journal, [stop, install], install)).rejects.toMatchObject({
      message: 'install-packages has to wait: stop-services is not done',
      details: {
        output: 'two: do stop-services',
        next: 'Run the action stop-services first, without a limit.',
      },
    });
  });

  it('refuses when what was done no longer holds', async () => {
    await using hosts = await movedHosts(...HOSTS);
    const held = part('stop-services', { check: 'false' });
    const journal = await ran(hosts, held);
    await expect(refuseTooEarly(hosts.runner, journal, [held, install], install)).rejects.toThrow(
      'install-packages has to wait: stop-services is not done',
    );
  });

  it('does not wait for what may only be renewed', async () => {
    await using hosts = await movedHosts(...HOSTS);
    const renewed = part('prepare', { check: 'false', renews: true });
    const journal = await ran(hosts, renewed);
    await refuseTooEarly(hosts.runner, journal, [renewed, install], install);
    const fresh = await openJournal(hosts, 'u1');
    await refuseTooEarly(hosts.runner, fresh, [renewed, install], install);
  });
});

describe('refuseLeftOut', () => {
  const [stop, install, start] = [part('stop-services'), part('install-packages'), part('start-services')];

  it('refuses a limit that could not come to its end', async () => {
    await using hosts = await movedHosts(...HOSTS);
    const journal = await openJournal(hosts);
    await expect(
      refuseLeftOut(hosts.runner, journal, [stop, install, start], ONE_ALONE),
    ).rejects.toMatchObject({
      message: 'the limit leaves out what has to be done first: stop-services is not done',
      details: { output: 'two: do stop-services' },
    });
  });

  it('lets a limit pass that takes up all that is left', async () => {
    await using hosts = await movedHosts(...HOSTS);
    const journal = await ran(hosts, stop, on('two', install), on('two', start));
    await refuseLeftOut(hosts.runner, journal, [stop, install, start], ONE_ALONE);
  });

  it('lets the last part be left to others', async () => {
    await using hosts = await movedHosts(...HOSTS);
    const journal = await ran(hosts, stop, install);
    await refuseLeftOut(hosts.runner, journal, [stop, install, start], ONE_ALONE);
  });
});
