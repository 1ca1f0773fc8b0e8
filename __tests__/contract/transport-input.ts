import { describe, expect, it } from '@jest/globals';
import type { Open } from './transport.ts';

const NASTY = [
  '',
  ' ',
  'two words',
  "it's",
  '"double"',
  '$(id) `id` $HOME',
  'line\nbreak\n',
  '\n\n',
  '\\ back \\n',
  '-n',
  '--',
  '!bang *glob? [a-z] ~ {a,b} ; & | < > #',
  'žluťoučký 🐎 \u202e',
  '\t\u0001\u001b[31m\u007f',
];

export function inputContract(open: Open): void {
  describe('script, arguments, variables and input', () => {
    it('gives every argument as it is', async () => {
      await using opened = await open();
      const script = 'printf "%s\\0" "$#" "$@"';
      const result = await opened.transport.exec({ title: 't', script, args: NASTY });
      expect(result.stdout.split('\0').slice(0, -1)).toEqual([String(NASTY.length), ...NASTY]);
    });

    it('gives every variable as it is, to children too', async () => {
      await using opened = await open();
      const env = {
        ...Object.fromEntries(NASTY.map((value, index) => [`V${index}`, value])),
        i: 'small',
        P: 'big',
      };
      const script = 'for ((i = 0; i < $1; i++)); do printenv -0 "V$i"; done';
      const result = await opened.transport.exec({ title: 't', script, args: [String(NASTY.length)], env });
      expect(result.stdout.split('\0').slice(0, -1)).toEqual(NASTY);
    });

    it.each([
      ['a variable', { env: { A: 'a\0b' } }],
      ['an argument', { args: ['a\0b'] }],
      ['the script', { script: 'echo a\0b' }],
      ['a variable that is none', { env: { 'A;id': 'x' } }],
    ])('refuses what bash cannot hold in %s', async (_, part) => {
      await using opened = await open();
      await expect(opened.transport.exec({ title: 't', script: ':', ...part })).rejects.toThrow(RangeError);
    });

    it.each([
      ['nothing', ''],
      ['text without a newline', 'text'],
      ['NUL bytes and other controls', '\0\u0001a\0\r\n\0'],
      ['newlines at the end', 'a\n\n\n'],
      ['three megabytes', 'žluť\n'.repeat(400_000)],
    ])('gives a script exactly its input, then its end: %s', async (_, input) => {
      await using opened = await open();
      const script = 'wc -c; echo "and no more: $(cat)"';
      const whole = await opened.transport.exec({ title: 't', script: 'cat', input });
      const length = await opened.transport.exec({ title: 't', script, input });
      expect(whole.stdout).toBe(input);
      expect(length.stdout).toBe(`${Buffer.byteLength(input)}\nand no more: \n`);
    });

    it('does not need its input to be read', async () => {
      await using opened = await open();
      const result = await opened.transport.exec({
        title: 't',
        script: 'exit 4',
        input: 'x'.repeat(5_000_000),
      });
      expect(result.code).toBe(4);
    });

    it('runs a script of many lines, blocks and here-documents, and counts its lines', async () => {
      await using opened = await open();
      const script = [
        '# a comment first',
        'f() {',
        '  if [ "$1" = yes ]; then',
        '    cat <<END',
        'is $1',
        'END',
        '  fi',
        '}',
        'f no',
        'f yes',
        'nonsense-command',
        'cat <<"LAST"',
        '$(not run)',
        'LAST',
        '',
      ].join('\n');
      const result = await opened.transport.exec({ title: 't', script });
      expect(result.stdout).toBe('is yes\n$(not run)\n');
      expect(result.stderr).toMatch(/line 11: nonsense-command/);
      expect(result.code).toBe(0);
    });

    it('fails on a script that is no bash', async () => {
      await using opened = await open();
      const result = await opened.transport.exec({ title: 't', script: 'if true; then\necho no' });
      expect(result.code).not.toBe(0);
      expect(result.stderr).toMatch(/syntax error/);
    });

    it('starts from the same surroundings everywhere', async () => {
      await using opened = await open();
      const script =
        'set -u; id -u; pwd; umask; echo "$LC_ALL $TERM"; echo "$PATH"; compgen -v | grep wire; echo $#';
      const result = await opened.transport.exec({ title: 't', script });
      const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
      expect(result.stdout).toBe(`0\n/\n0022\nC.UTF-8 dumb\n${path}\n0\n`);
      expect(result.stderr).toBe('');
    });
  });
}
