import { describe, expect, it } from '@jest/globals';
import type { PlanStep } from '../../src/domain/plan.ts';
import type { ScriptStep } from '../../src/domain/step.ts';
import { runSteps } from '../../src/phases/run-steps.ts';
import { Secret } from '../../src/shell/secret.ts';
import { run } from '../commands/support/run.ts';
import { aStep } from '../domain/examples.ts';
import { aResolved, laneIds, stepsIn } from '../support/resolved.ts';

const secrets = new Map([['TOKEN', new Secret('TOKEN', 'swordfish')]]);

function stagesOf(...steps: PlanStep[]) {
  const resolved = aResolved({ sources: { 'files/app.conf': 'from a file\n', 'mend.sh': 'echo mended\n' } });
  return runSteps({ ...resolved, plan: { ...resolved.plan, steps } }, 'install', secrets);
}

function only(step: PlanStep): ScriptStep {
  const [found] = stepsIn(stagesOf(step));
  if (found?.kind !== 'script') {
    throw new Error('a step of the plan is a script');
  }
  return found;
}

describe('runSteps', () => {
  it('runs the steps of a point one after the other, each on all its hosts at once', () => {
    const stages = stagesOf(
      aStep({ name: 'first', roles: ['back'], run: 'true' }),
      aStep({ name: 'elsewhen', after: 'stop', run: 'true' }),
      aStep({ name: 'second', roles: ['front'], hosts: ['three'], run: 'true' }),
      aStep({ name: 'third', roles: ['back'], once: true, run: 'true' }),
    );
    expect(stages.map(({ title }) => title)).toEqual(['first', 'second', 'third']);
    expect(laneIds(stages)).toEqual([
      ['one run-steps.first'],
      ['two run-steps.first'],
      ['one run-steps.second'],
      ['three run-steps.second'],
      ['one run-steps.third'],
    ]);
  });

  it('takes over what the plan says of a step', () => {
    const step = only(aStep({ run: 'echo 1\necho 2\n', repeat: 'restore-first', 'time-limit': 7 }));
    expect(step).toMatchObject({
      script: 'echo 1\necho 2\n',
      commands: ['echo 1', 'echo 2'],
      repeat: 'restore-first',
      timeLimit: 7,
      terminal: true,
    });
  });

  it('runs the text of a script file', () => {
    expect(only(aStep({ script: 'mend.sh' })).script).toBe('echo mended\n');
    expect(() => only(aStep({ script: 'other.sh' }))).toThrow('the text of other.sh was not read');
  });

  it('gives variables and secrets, the secrets never as text', () => {
    const step = only(aStep({ run: 'true', env: { PLACE: 'here' }, secrets: ['TOKEN'] }));
    expect(Object.keys(step.env)).toEqual(['PLACE', 'TOKEN']);
    expect(JSON.stringify(step)).not.toContain('swordfish');
    expect(() => only(aStep({ run: 'true', secrets: ['OTHER'] }))).toThrow('OTHER was not given');
  });

  it('places a file, from its text or from a file beside the plan', () => {
    const place = { path: '/etc/shop/app.conf', owner: 'root', group: 'shop', mode: '0640' };
    const inline = only(aStep({ file: { ...place, content: 'inline\n' } }));
    expect(inline.commands).toEqual(['place /etc/shop/app.conf (root:shop 0640)']);
    expect(inline.script).toContain(Buffer.from('inline\n').toString('base64'));
    const read = only(aStep({ file: { ...place, source: 'files/app.conf' } }));
    expect(read.script).toContain(Buffer.from('from a file\n').toString('base64'));
  });

  it('has nothing to do where its `unless` ends 0', async () => {
    const step = (unless: string) => only(aStep({ run: 'echo did it', unless }));
    const outcome = async (unless: string) => {
      const { code, stdout } = await run({ title: 'try', script: step(unless).script });
      return { code, stdout };
    };
    expect(await outcome('test -d /')).toEqual({ code: 0, stdout: 'nothing to do here\n' });
    expect(await outcome('test -d /none')).toEqual({ code: 0, stdout: 'did it\n' });
    expect(await outcome(`exit 1; echo 'quotes" $(id)'`)).toEqual({ code: 0, stdout: 'did it\n' });
  });

  it('shows its `unless` before what it does', () => {
    expect(only(aStep({ run: 'echo did it', unless: 'test -d /a &&\ntest -d /b\n' })).commands).toEqual([
      '# Only where this does not end 0:',
      '#   test -d /a &&',
      '#   test -d /b',
      'echo did it',
    ]);
  });

  it('knows the databases that it may change: those of its roles on its host', () => {
    const stages = stagesOf(aStep({ roles: ['front', 'node'], run: 'true' }));
    const databases = stepsIn(stages).map((step) => [step.host, (step as ScriptStep).databases]);
    expect(databases).toEqual([
      ['one', ['front']],
      ['three', []],
    ]);
  });
});
