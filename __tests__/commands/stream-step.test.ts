import { describe, expect, it, jest } from '@jest/globals';
import { EXIT } from '../../src/commands/host-library.ts';
import { streamStep, type Tenure } from '../../src/commands/step.ts';
import { ConnectionLostError } from '../../src/domain/errors.ts';
import type { Command } from '../../src/shell/command.ts';
import type { MovedHost } from '../support/moved-host.ts';
import { lockedHost } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const tenure: Tenure = { upgrade: 'u1', lock: 'lock-1', epoch: 1 };

function aStream(script: string, under = tenure): Command {
  return streamStep('backup-db.shop', 'dump it', script, under);
}

async function print(one: MovedHost, script: string): Promise<string> {
  return (await one.exec({ title: 'look', script: `cd ${one.root}/upgrades/u1 || exit 0; ${script}` }))
    .stdout;
}

describe('streamStep', () => {
  it('streams what the script prints, with its exit code, and journals the end', async () => {
    await using hosts = await lockedHost();
    const result = await hosts.one.exec(aStream('echo "bytes in $upgrade"; echo words >&2; exit 5'));
    expect(result).toMatchObject({
      code: 5,
      stdout: `bytes in ${hosts.one.root}/upgrades/u1\n`,
      stderr: 'words\n',
    });
    expect(await print(hosts.one, 'cat steps/backup-db.shop/rc')).toBe('5\n');
  });

  it('puts an earlier attempt aside', async () => {
    await using hosts = await lockedHost();
    await hosts.one.exec(aStream('exit 5'));
    await hosts.one.exec(aStream('exit 0'));
    expect(await print(hosts.one, 'cat earlier/*/rc steps/backup-db.shop/rc')).toBe('5\n0\n');
  });

  it('ends what a lost connection left, and nobody else, before it begins anew', async () => {
    await using hosts = await lockedHost();
    hosts.one.cutNext(1);
    // It prints once and then waits for ever: nothing tells it that nobody listens.
    const hanging = `echo $BASHPID >>${hosts.one.root}/pids; sleep 600 & echo $! >>${hosts.one.root}/pids; echo begun; wait`;
    await expect(hosts.one.exec(aStream(hanging), { onStdout: () => undefined })).rejects.toThrow(
      ConnectionLostError,
    );
    // A process that ended may stay in the table until somebody asks for its exit code.
    const alive = `for pid in $(cat ../../pids); do grep -qs '^State:.[^ZX]' /proc/$pid/status && echo lives; done; true`;
    expect(await print(hosts.one, alive)).toBe('lives\nlives\n');
    const second = await hosts.one.exec(aStream('echo whole'));
    expect(second).toMatchObject({ code: 0, stdout: 'whole\n' });
    expect(await print(hosts.one, alive)).toBe('');
    expect(await print(hosts.one, 'cat steps/backup-db.shop/rc; ls earlier')).toBe('0\nbackup-db.shop.1\n');
  });

  it('changes nothing for who has lost the lock', async () => {
    await using hosts = await lockedHost();
    const result = await hosts.one.exec(aStream('echo late', { ...tenure, epoch: 0 }));
    expect(result).toMatchObject({ code: EXIT.fenced, stdout: '' });
    expect(await print(hosts.one, 'ls -d steps || true')).toBe('');
  });
});
