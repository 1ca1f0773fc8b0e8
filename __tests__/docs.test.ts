import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loadUpgradeFiles } from '../src/config/load.ts';
import { jumpOf } from '../src/domain/jump.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const tests = import.meta.dirname;

describe('docs/traps.md', () => {
  it('names no test that is not there', () => {
    const text = readFileSync(join(tests, '..', 'docs', 'traps.md'), 'utf8');
    const names = [...text.matchAll(/`([a-z/-]+(?:\.test)?\.ts)`/g)].map(([, name = '']) => name);
    const missing = names.filter(
      (name) => !['', 'fleet', 'fleet/support'].some((place) => existsSync(join(tests, place, name))),
    );
    expect(names.length).toBeGreaterThan(20);
    expect(missing.filter((name) => !existsSync(join(tests, '..', name)))).toEqual([]);
  });
});

describe('docs/plans.md', () => {
  const text = readFileSync(join(tests, '..', 'docs', 'plans.md'), 'utf8');
  const blocks = [...text.matchAll(/^```yaml( inventory)?\n([\s\S]*?)^```$/gm)];
  const inventory = blocks.filter(([, kind]) => kind !== undefined).map(([, , yaml = '']) => yaml);

  /** The blocks of the plan as one document: a key that comes again goes on where it ended. */
  function planOfBlocks(): string {
    const parts = new Map<string, string[]>();
    for (const [, kind, yaml = ''] of blocks) {
      let key = 'roles:';
      for (const line of kind === undefined ? yaml.trimEnd().split('\n') : []) {
        key = /^(\w+:)/.exec(line)?.[1] ?? key;
        const known = parts.get(key);
        if (known === undefined) {
          parts.set(key, [line]);
        } else if (!line.startsWith(key)) {
          known.push(line);
        }
      }
    }
    return [...parts.values()].flat().join('\n');
  }

  it('has a plan and an inventory that hold together, word by word', async () => {
    await using folder = await temporaryFolder();
    writeFileSync(join(folder.path, 'plan.yml'), `${planOfBlocks()}\n`);
    cpSync(join(tests, '..', 'examples', 'plans', 'webshop'), join(folder.path, 'webshop'), {
      recursive: true,
    });
    const loaded = loadUpgradeFiles({
      plan: 'plan.yml',
      inventory: inventory.join('\n'),
      builtInFolder: join(tests, '..', 'plans'),
      workspace: folder.path,
    });
    expect(Object.keys(loaded.plan.roles)).toEqual(['web', 'worker']);
    expect(loaded.plan.roles.worker?.health).toHaveLength(1);
    expect(loaded.plan.steps.map(({ name }) => name)).toEqual(['settings', 'clear-cache']);
    expect(Object.keys(loaded.inventory.hosts)).toEqual(['web1', 'web2', 'worker']);
  });
});

describe('examples/workflows', () => {
  it('has an inventory behind a bastion that can be read', async () => {
    const file = join(tests, '..', 'examples', 'workflows', 'bastion.yml');
    const { jobs } = parse(readFileSync(file, 'utf8')) as {
      jobs: { upgrade: { with: Record<string, string> } };
    };
    await using folder = await temporaryFolder();
    const { plan = '', inventory = '' } = jobs.upgrade.with;
    const loaded = loadUpgradeFiles({
      plan,
      inventory,
      builtInFolder: join(tests, '..', 'plans'),
      workspace: folder.path,
    });
    expect(jumpOf(loaded.inventory, 'node2')).toMatchObject({
      kind: 'address',
      address: 'bastion.example.org',
    });
  });
});
