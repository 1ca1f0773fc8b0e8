import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { compareFiles } from '../../../src/facts/files.ts';
import { look } from '../../../src/facts/look.ts';
import { readSchema } from '../../../src/facts/schema.ts';
import { LOOK_PROGRAM } from '../../../src/shell/wire.ts';
import { shellBlocks } from '../../support/doc-blocks.ts';
import type { BoundKey } from './bound-key.ts';
import { printed } from './each-host.ts';
import { FAULT_LIMIT, type FaultStage } from './fault-stage.ts';
import { expectUntouched } from './untouched.ts';

const ONLY = `${LOOK_PROGRAM}: this key can only look`;
/** What none of the attempts may leave on a host. */
const TRACE = '/var/tmp/a-trace';

/** With OpenSSH's own programs, and bytes that the suite never sends, a bound key gets nothing but looks. */
export function canDoNothingElse(stage: FaultStage, key: () => BoundKey): void {
  describe.each(['node1', 'node2'])('on %s', (host) => {
    const untouched = async <T>(work: () => Promise<T>): Promise<T> => {
      const result = await expectUntouched(stage.fleet, work);
      expect((await stage.fleet.exec(host, `ls ${TRACE}`)).code).not.toBe(0);
      return result;
    };

    it(
      'answers as docs/look-only-key.md says',
      async () => {
        const lines = shellBlocks('look-only-key.md', 'See that it works').join('').trim().split('\n');
        const [nothing, other] = lines.map((line) => line.split('# ')[1] ?? '');
        expect((await key().ssh(host, 'id')).stderr.trim()).toBe(nothing);
        expect((await key().ssh(host, 'bash', { input: 'id\n' })).stderr.trim()).toBe(other);
      },
      FAULT_LIMIT,
    );

    it(
      'runs no command, opens no shell and copies no file',
      async () => {
        await untouched(async () => {
          const file = join(stage.operator.folder, 'a-file');
          writeFileSync(file, `touch ${TRACE}\n`);
          const attempts = await Promise.all([
            key().ssh(host, `touch ${TRACE}`),
            key().ssh(host, null, { options: ['-tt'], input: `touch ${TRACE}\n` }),
            key().ssh(host, 'bash -s', { input: `touch ${TRACE}\n` }),
            key().ssh(host, `sudo touch ${TRACE}`),
            key().client('scp', ['-O', file, `${host}:${TRACE}`]),
            key().client('scp', ['-s', file, `${host}:${TRACE}`]),
            key().client('scp', ['-O', `${host}:/etc/shadow`, `${file}.got`]),
            key().client('sftp', [`${host}:`], `put ${file} ${TRACE}\n`),
          ]);
          expect(attempts.map(({ code }) => code)).not.toContain(0);
          expect(attempts.map(({ stdout }) => stdout.replace(/^sftp> .*\n?/gm, ''))).toEqual(
            attempts.map(() => ''),
          );
        });
      },
      FAULT_LIMIT,
    );

    it(
      'forwards no port, no agent and no terminal',
      async () => {
        const there = await key().ssh(host, null, { options: ['-W', '127.0.0.1:22'] });
        expect(there.stdout).toBe('');
        expect(there.stderr).toMatch(/administratively prohibited|open failed/);
        const back = await key().ssh(host, 'id', {
          options: ['-o', 'ExitOnForwardFailure=yes', '-R', '12345:127.0.0.1:22'],
        });
        expect(back.stderr).toMatch(/remote port forwarding failed/);
        const terminal = await key().ssh(host, 'id', { options: ['-tt', '-A'], input: '' });
        expect(terminal.stderr).toMatch(/PTY allocation request failed/);
      },
      FAULT_LIMIT,
    );

    it(
      'runs no script but its own, and nothing that stands in a question or beside it',
      async () => {
        await untouched(async () => {
          const touch = `touch ${TRACE}`;
          const { script, ...asked } = look('t', [
            ['tool', `$(${touch})`],
            ['free', `/\`${touch}\``],
          ]);
          const changed = await key().send(host, { ...asked, script: `${script}\n${touch}` });
          expect(changed.stderr).toContain('this host has the program of another version');
          expect((await key().send(host, { title: 't', script: touch })).stderr).toContain(ONLY);
          const large = await key().send(host, { ...asked, script }, (bytes) =>
            bytes.replace(/ \d+\n/, ' 9999999\n'),
          );
          expect(large.stderr).toContain('has 9999999 bytes, and at most 4194304 are read');
          const endless = await key().send(host, { ...asked, script }, () => 'x'.repeat(1_000_000));
          expect(endless.stderr).toContain(ONLY);
          const env = { BASH_ENV: '/dev/stdin', BOUND: 'no', LD_PRELOAD: TRACE };
          const questions = await key().send(host, { ...asked, script, env });
          expect({ code: questions.code, stdout: questions.stdout }).toEqual({
            code: 0,
            stdout: expect.stringMatching(/\nmissing\|\$\(touch .*\)\nfree\|.*\nend\|\d+\n$/),
          });
          const hidden = await key().send(host, compareFiles([{ id: 'a', path: '/etc/shadow', text: '' }]));
          expect(hidden.stdout).toMatch(/\nfile\|a\|hidden\|\|no\nend\|\d+\n$/);
          const schema = await key().send(host, readSchema('x', touch));
          expect(schema.stdout).toContain('\nended|126|this key can only look');
        });
      },
      FAULT_LIMIT,
    );

    it(
      'names a program of another version',
      async () => {
        const program = `/usr/local/sbin/${LOOK_PROGRAM}`;
        await printed(stage.fleet, host, `sed -i.kept 's/^main$/true; main/' ${program}`);
        const job = stage.operator.connectedJob('0', { 'ssh-key': key().privateKey });
        await expect(job).rejects.toThrow(
          `${host}: nothing was done: this host has the program of another version`,
        );
        await printed(stage.fleet, host, `mv ${program}.kept ${program}`);
      },
      FAULT_LIMIT,
    );
  });
}
