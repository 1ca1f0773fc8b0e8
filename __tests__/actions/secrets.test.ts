import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Job } from '../../fleet/job.ts';
import { secretsOf } from '../../src/actions/secrets.ts';
import { loadPlan } from '../../src/config/load-plan.ts';

const plans = join(import.meta.dirname, '..', '..', 'plans');
const { plan } = loadPlan('synnefo-0.16', { builtInFolder: plans, workspace: plans });

function tokenIn(env: Record<string, string>): string | undefined {
  return secretsOf(plan, env, null).get('HEALTH_TOKEN')?.reveal();
}

describe('secretsOf', () => {
  it('takes a secret from its variable, or from its line, which comes first', () => {
    expect(tokenIn({ HEALTH_TOKEN: 'of the variable' })).toBe('of the variable');
    expect(tokenIn({ PLAN_SECRETS: 'HEALTH_TOKEN=of the line' })).toBe('of the line');
    expect(tokenIn({ PLAN_SECRETS: 'HEALTH_TOKEN=of the line', HEALTH_TOKEN: 'of the runner' })).toBe(
      'of the line',
    );
  });

  it('names what is in neither', () => {
    expect(() => tokenIn({ PLAN_SECRETS: 'OTHER=sesame' })).toThrow(
      /needs these environment variables.*or as lines of PLAN_SECRETS: HEALTH_TOKEN$/,
    );
  });

  it('needs none for a part that asks nothing', () => {
    expect(secretsOf(plan, {}, { phase: 'migrate', at: null }).get('HEALTH_TOKEN')?.reveal()).toBe('');
  });
});

describe('a step that is given PLAN_SECRETS', () => {
  it('masks each value by itself before anything else is said, also one that the plan does not name', async () => {
    const inventory = `
schema: 1
hosts: { one: { address: 127.0.0.1, port: 1, roles: [astakos, cyclades, pithos, ganeti] } }
databases: { astakos: { engine: postgresql, name: a, on: one }, cyclades: { same-as: astakos }, pithos: { same-as: astakos } }
`;
    using job = new Job({ GITHUB_ACTIONS: 'true' });
    const { log, report } = await job.run('upgrade', {
      inputs: { plan: 'synnefo-0.16', inventory, 'known-hosts': '', 'dry-run': 'true' },
      env: { PLAN_SECRETS: 'HEALTH_TOKEN=sesame-open\nSPARE=sesame-shut' },
    });
    expect(report?.outcome).toBe('refused');
    const lines = log.split('\n');
    expect(lines.slice(0, 2).sort()).toEqual(['::add-mask::sesame-open', '::add-mask::sesame-shut']);
    expect(lines.slice(2).join('\n')).not.toContain('sesame');
  });
});
