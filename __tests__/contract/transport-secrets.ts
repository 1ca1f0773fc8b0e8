import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/shell/secret.ts';
import type { Open } from './transport.ts';

const VALUE = "very secret: it's\nin two lines";

export function secretsContract(open: Open): void {
  describe('secrets', () => {
    it('reach the script, and neither a command line, a file nor the log', async () => {
      await using opened = await open();
      const script = [
        'printf "%s\\0" "$S"; cat; printf "\\0"',
        'readlink /proc/$$/fd/0',
        'printf "\\0"',
        'for f in /proc/[0-9]*/cmdline; do tr "\\0" " " <$f; echo; done 2>/dev/null',
      ].join('\n');
      const env = { S: new Secret('password', VALUE) };
      const { stdout } = await opened.transport.exec({ title: 't', script, env, input: VALUE });
      const [value, input, stdin, commandLines] = stdout.split('\0');
      expect([value, input]).toEqual([VALUE, VALUE]);
      expect(stdin).toMatch(/^pipe:/);
      expect(commandLines).toContain('read -r -a __wire');
      expect(commandLines).not.toContain('very secret');
      expect(opened.log.lines.join('\n')).not.toContain('very secret');
    });

    it('are registered as masks before anything runs', async () => {
      await using opened = await open();
      const env = { S: new Secret('password', VALUE), PLAIN: 'not secret' };
      const run = opened.transport.exec({ title: 't', script: ':', env });
      expect(opened.log.masks).toContain(VALUE);
      expect(opened.log.masks).not.toContain('not secret');
      await run;
    });
  });
}
