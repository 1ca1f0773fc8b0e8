import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ActionStep } from '../../fleet/action-runner.ts';
import { until } from '../../fleet/process.ts';
import { agentsAt } from '../support/agents.ts';
import { type KeyPair, makeKey } from '../support/keys.ts';
import { Sshd } from '../support/sshd.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Processes of their own, on a machine that may be busy.
jest.setTimeout(60_000);

const PASSPHRASE = 'sesame-open';

let sshd: Sshd;
let key: KeyPair;
beforeAll(async () => {
  sshd = await Sshd.start();
  key = makeKey(sshd.folder, 'locked', 'ed25519', PASSPHRASE);
  sshd.admit(key);
});
afterAll(async () => await sshd[Symbol.asyncDispose]());

/** A runner of its own: nothing that the step writes, starts or leaves lies elsewhere. */
interface Place extends AsyncDisposable {
  readonly home: string;
  readonly step: ActionStep;
  /** What OpenSSH's programs were called with. */
  calls(): string;
  /** From now on `ssh-add` waits before it reads anything, until it is let go. */
  hold(): () => void;
}

async function aPlace(): Promise<Place> {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  for (const name of ['bin', 'home']) {
    mkdirSync(at(name));
  }
  for (const program of ['ssh-add', 'ssh-agent']) {
    const wrapper = `#!/bin/bash
tr '\\0' ' ' </proc/$$/cmdline >>'${at('calls')}'
[ ${program} = ssh-agent ] || while [ -e '${at('held')}' ]; do sleep 0.05; done
exec /usr/bin/${program} "$@"
`;
    writeFileSync(at(`bin/${program}`), wrapper);
    chmodSync(at(`bin/${program}`), 0o755);
  }
  writeFileSync(at('calls'), '');
  const step = new ActionStep('connect', {
    inputs: {
      plan: 'synnefo-0.16',
      inventory: inventory(),
      'ssh-key': key.privateKey,
      'ssh-key-passphrase': PASSPHRASE,
      'known-hosts': sshd.knownHosts(),
    },
    env: {
      GITHUB_ACTIONS: 'true',
      PATH: `${at('bin')}:${process.env.PATH}`,
      HOME: at('home'),
      TMPDIR: at('home'),
    },
  });
  return {
    home: at('home'),
    step,
    calls: () => readFileSync(at('calls'), 'utf8'),
    hold() {
      writeFileSync(at('held'), '');
      return () => spawnSync('rm', ['-f', at('held')]);
    },
    async [Symbol.asyncDispose]() {
      step.remove();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function inventory(): string {
  const roles = ['astakos', 'cyclades', 'pithos', 'ganeti'].join(', ');
  return `
schema: 1
hosts: { one: { address: 127.0.0.1, port: ${sshd.port}, user: root, roles: [${roles}] } }
databases:
  astakos: { engine: postgresql, name: snf_apps, on: one }
  cyclades: { same-as: astakos }
  pithos: { same-as: astakos }
`;
}

/** Files below these folders in which a line of the key or its passphrase can be read. */
function leaksIn(...folders: readonly string[]): string {
  return grep(['-r', '-D', 'skip', ...folders]);
}

/** Processes that have them in their command line. */
function leaksInCommands(): string {
  return grep(['-a', '-s', ...readFolder('/proc').map((pid) => `/proc/${pid}/cmdline`)]);
}

/** The names of the files that hold a secret. @throws Error when grep could not search */
function grep(args: readonly string[]): string {
  const secrets = [
    ...key.privateKey.split('\n').filter((line) => /^[A-Za-z0-9+/=]{20,}$/.test(line)),
    PASSPHRASE,
  ];
  const { stdout, stderr, status } = spawnSync('grep', ['-lF', '-f', '-', ...args], {
    input: `${secrets.join('\n')}\n`,
    encoding: 'utf8',
  });
  // With -s a process that ended meanwhile is a 2 without a word.
  if (status !== 1 && status !== 0 && stderr !== '') {
    throw new Error(`grep: ${stderr}`);
  }
  return stdout;
}

function readFolder(path: string): string[] {
  return spawnSync('ls', [path], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((name) => /^\d+$/.test(name));
}

describe('key and passphrase', () => {
  it('can be found where they are, by the search of this test', async () => {
    await using folder = await temporaryFolder();
    writeFileSync(join(folder.path, 'left'), `a\n${key.privateKey.split('\n')[2]}\n`);
    writeFileSync(join(folder.path, 'said'), `x ${PASSPHRASE} y`);
    expect(leaksIn(folder.path).split('\n').filter(Boolean)).toHaveLength(2);
  });

  it('are in no file and no command line, while a job is connected and afterwards', async () => {
    await using place = await aPlace();
    const { step, home } = place;
    expect((await step.run('main')).code).toBe(0);
    expect(agentsAt(home)).toHaveLength(1);
    expect(leaksIn(step.folder, home)).toBe('');
    expect(leaksInCommands()).toBe('');
    expect((await step.run('post')).code).toBe(0);
    expect(leaksIn(step.folder, home)).toBe('');
    expect(place.calls()).toMatch(/ssh-agent .*ssh-add /);
    expect(place.calls()).not.toContain(PASSPHRASE);
    await until('the agent is gone', 10, async () => agentsAt(home).length === 0);
  });

  it('are in none when connect is killed while it hands them over, and the agent ends with the job', async () => {
    await using place = await aPlace();
    const { step, home } = place;
    const letGo = place.hold();
    try {
      const main = step.start('main');
      await until('ssh-add was called', 20, async () => place.calls().includes('ssh-add'));
      expect(leaksIn(step.folder, home)).toBe('');
      expect(leaksInCommands()).toBe('');
      main.process.kill('SIGKILL');
      expect((await main.ended).signal).toBe('SIGKILL');
    } finally {
      letGo();
    }
    expect(agentsAt(home)).toHaveLength(1);
    expect((await step.run('post')).code).toBe(0);
    await until('the agent is gone', 10, async () => agentsAt(home).length === 0);
    expect(leaksIn(step.folder, home)).toBe('');
  });
});
