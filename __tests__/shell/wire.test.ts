import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ensureDebianPackages } from '../../scripts/debian-packages.ts';
import { Secret } from '../../src/shell/secret.ts';
import { BASH, BOOTSTRAP, encode, loginLine } from '../../src/shell/wire.ts';

ensureDebianPackages(['bash', 'dash', 'zsh']);

/** Feeds bytes to the bootstrap in a real bash. */
function boot(bytes: Buffer) {
  const [bash = '', ...options] = BASH;
  return spawnSync(bash, [...options, BOOTSTRAP], { input: bytes, encoding: 'utf8' });
}

describe('the wire format', () => {
  it('prints the marker on both outputs and then runs the script', () => {
    const { marker, bytes } = encode({
      title: 't',
      script: 'echo "$1$V"; cat; exit 7',
      args: ['a'],
      env: { V: 'v' },
      input: 'in',
    });
    const { status, stdout, stderr } = boot(bytes);
    expect([status, stdout, stderr]).toEqual([7, `${marker}\nav\nin`, `${marker}\n`]);
  });

  it('has another marker every time', () => {
    const markers = Array.from({ length: 100 }, () => encode({ title: 't', script: ':' }).marker);
    expect(new Set(markers).size).toBe(100);
  });

  it('starts nothing while a byte is missing', () => {
    const env = { V: new Secret('v', 'žluť'.repeat(20)) };
    const { marker, bytes } = encode({
      title: 't',
      script: 'echo started\n# ž\n\n',
      args: ["it's", ''],
      env,
      input: 'in\0put',
    });
    expect(boot(bytes).stdout).toBe(`${marker}\nstarted\n`);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), (length) => {
        const { status, stdout, stderr } = boot(bytes.subarray(0, length));
        expect([status, stdout, stderr]).toEqual([125, '', '']);
      }),
      { numRuns: 60, examples: [[0], [bytes.length - 1]] },
    );
  });

  it.each(['sh', 'dash', 'bash', 'zsh'])('passes through %s as login shell', (shell) => {
    const { marker, bytes } = encode({ title: 't', script: 'echo "$BASH_VERSION"' });
    const { status, stdout } = spawnSync(shell, ['-c', loginLine(false)], { input: bytes, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${marker}\n\\d+\\.\\d+`));
  });

  it('asks sudo for nothing', () => {
    expect(loginLine(true)).toMatch(/^exec sudo -n -- bash /);
    expect(BOOTSTRAP).not.toMatch(/['\n!]/);
  });

  it('shows nothing of the command in the line', () => {
    expect(loginLine(true)).toBe(loginLine(true));
    expect(encode({ title: 't', script: 'script', args: ['argument'] }).bytes.toString()).toMatch(
      /argument.*script/s,
    );
  });
});
