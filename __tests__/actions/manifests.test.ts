import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Processes of their own, on a machine that may be busy.
jest.setTimeout(60_000);

const root = join(import.meta.dirname, '..', '..');
const support = join(import.meta.dirname, '..', 'support');
const names = readdirSync(join(root, 'actions'));

interface Manifest {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: unknown;
}

function manifest(file: string): Manifest {
  return parse(readFileSync(join(root, file), 'utf8')) as Manifest;
}

const INVENTORY = `
schema: 1
hosts: { one: { address: 127.0.0.1, port: 1, roles: [astakos, cyclades, pithos, ganeti] } }
databases: { astakos: { engine: postgresql, name: a, on: one }, cyclades: { same-as: astakos }, pithos: { same-as: astakos } }
`;

/** The inputs that an action's code asks for, up to the first thing that it wants of the network. */
async function askedBy(action: string): Promise<string[]> {
  await using folder = await temporaryFolder();
  const knownHosts = join(folder.path, 'known_hosts');
  writeFileSync(knownHosts, '');
  const shared = { PLAN: 'synnefo-0.16', INVENTORY };
  const env = {
    ...Object.fromEntries(Object.entries(shared).map(([name, value]) => [`INPUT_${name}`, value])),
    ...Object.fromEntries(Object.entries(shared).map(([name, value]) => [`SYNNEFO_UPGRADE_${name}`, value])),
    SYNNEFO_UPGRADE_KNOWN_HOSTS: knownHosts,
    INPUT_POINT: 'adhoc',
    INPUT_AFTER: 'stop',
    HEALTH_TOKEN: 'token',
    SSH_AUTH_SOCK: join(folder.path, 'agent'),
    RUNNER_TEMP: folder.path,
    PATH: process.env.PATH ?? '',
  };
  const code = `const { run } = await import(${JSON.stringify(join(root, 'src/main.ts'))}); await run('${action}', 'main');`;
  const preloads = ['asked-inputs.mjs', 'no-network.mjs'].flatMap((name) => [
    '--import',
    join(support, name),
  ]);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...preloads, '--input-type=module', '--eval', code],
    { env, cwd: folder.path },
  ).catch((failed: { stdout: string }) => failed);
  const [, asked = ''] = /^asked for: (.*)$/m.exec(stdout) ?? [];
  return asked.split(' ').filter((name) => name !== '');
}

describe('the manifest of an action', () => {
  it.each(names)('has the inputs that its code asks for, and no others: %s', async (action) => {
    expect(await askedBy(action)).toEqual(
      Object.keys(manifest(`actions/${action}/action.yml`).inputs).sort(),
    );
  });

  it('is the root action under the name upgrade', () => {
    const [own, named] = [manifest('action.yml'), manifest('actions/upgrade/action.yml')];
    expect([named.inputs, named.outputs]).toEqual([own.inputs, own.outputs]);
  });
});
