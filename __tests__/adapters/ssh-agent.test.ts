import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { until } from '../../fleet/process.ts';
import { agentKeys } from '../../src/adapters/credentials.ts';
import { startAgent, stopAgent } from '../../src/adapters/ssh-agent.ts';
import { Secret } from '../../src/shell/secret.ts';
import { agentsAt } from '../support/agents.ts';
import { makeKey } from '../support/keys.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('an ssh-agent', () => {
  it.each([
    ['ed25519', ''],
    ['ed25519', 'a pass $(phrase) "quoted"'],
    ['rsa', ''],
    ['ecdsa', 'phrase'],
  ] as const)('holds an %s key with the passphrase %j until it is stopped', async (type, phrase) => {
    await using folder = await temporaryFolder();
    const key = makeKey(folder.path, 'key', type, phrase);
    const log = new RecordingLog();
    const born: unknown[] = [];
    const agent = await startAgent(
      new Secret('ssh-key', key.privateKey.trimEnd().replaceAll('\n', '\r\n')),
      phrase === '' ? undefined : new Secret('ssh-key-passphrase', phrase),
      log,
      (one) => born.push(one),
    );
    try {
      expect(await agentKeys(agent.socket)).toEqual([key.fingerprint]);
      expect(born).toEqual([agent]);
    } finally {
      await stopAgent(agent);
    }
    await until('the agent is gone', 10, async () => !existsSync(agent.socket));
    await expect(agentKeys(agent.socket)).rejects.toThrow();
    // Its pid may be somebody else's by now.
    await stopAgent({ ...agent, pid: String(process.pid) });
  });

  it('gets its key once it listens, which is later than its socket is there', async () => {
    await using folder = await temporaryFolder();
    const key = makeKey(folder.path, 'key', 'ed25519', '');
    const { PATH = '' } = process.env;
    const bind = 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])';
    const late = `#!/bin/sh\npython3 -c '${bind}' "$3"; sleep 0.5; rm "$3"; PATH='${PATH}' exec ssh-agent "$@"\n`;
    writeFileSync(join(folder.path, 'ssh-agent'), late, { mode: 0o755 });
    process.env.PATH = `${folder.path}:${PATH}`;
    try {
      const agent = await startAgent(new Secret('ssh-key', key.privateKey), undefined, new RecordingLog());
      expect(await agentKeys(agent.socket)).toEqual([key.fingerprint]);
      await stopAgent(agent);
    } finally {
      process.env.PATH = PATH;
    }
  });

  it.each([
    ['a wrong passphrase', 'wrong'],
    ['no passphrase', undefined],
  ])('is not started for %s', async (_, given) => {
    await using folder = await temporaryFolder();
    const key = makeKey(folder.path, 'key', 'ed25519', 'right');
    const { HOME } = process.env;
    process.env.HOME = folder.path;
    const secret = given === undefined ? undefined : new Secret('ssh-key-passphrase', given);
    try {
      await expect(
        startAgent(new Secret('ssh-key', key.privateKey), secret, new RecordingLog()),
      ).rejects.toThrow('the private key ssh-key cannot be read');
      expect(agentsAt(folder.path)).toEqual([]);
    } finally {
      process.env.HOME = HOME;
    }
  });

  it('has its key and passphrase in no file, no command line and no environment but the asker’s', async () => {
    await using folder = await temporaryFolder();
    const key = makeKey(folder.path, 'key', 'ed25519', 'sesame-open');
    const agent = await startAgent(
      new Secret('ssh-key', key.privateKey),
      new Secret('ssh-key-passphrase', 'sesame-open'),
      new RecordingLog(),
    );
    try {
      const seen = execFileSync('cat', [`/proc/${agent.pid}/environ`, `/proc/${agent.pid}/cmdline`], {
        encoding: 'utf8',
      });
      expect(seen).not.toContain('sesame-open');
      expect(seen).toContain('ssh-agent');
      expect(seen).not.toContain(key.privateKey.split('\n')[2]);
    } finally {
      await stopAgent(agent);
    }
  });
});
