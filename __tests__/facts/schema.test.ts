import { expect, it } from '@jest/globals';
import { parseSchemaEnd, readSchema, type SchemaEnd } from '../../src/facts/schema.ts';
import { run } from '../commands/support/run.ts';

async function end(command: string): Promise<SchemaEnd> {
  const { code, stdout, stderr } = await run(readSchema('front', command));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return parseSchemaEnd('one', stdout);
}

it('tells what the command printed, complained and ended with, each by itself', async () => {
  const command = `printf ' [ ] 0001|"x"\\n\\n'; printf 'oh | no\\n' >&2; cat; exit 3`;
  expect(await end(command)).toEqual({ code: 3, stdout: ' [ ] 0001|"x"\n\n', stderr: 'oh | no' });
});

it('runs it with bash, of several lines too, and not with the rules of the script itself', async () => {
  expect(await end('false\nshopt -q extglob || echo "$UNSET"none\n[[ -n $PATH ]] && echo "$LC_ALL"')).toEqual(
    {
      code: 0,
      stdout: 'none\nC.UTF-8\n',
      stderr: '',
    },
  );
});

it('is not confused by a command that fails, is missing, or prints what looks like an answer', async () => {
  expect(await end('no-such-command')).toMatchObject({
    code: 127,
    stderr: expect.stringContaining('no-such-command: command not found'),
  });
  const lying = 'printf "ended|0|\\nend|1\\n"; printf "\\nend|1\\n" >&2; kill -9 $$';
  expect(await end(lying)).toEqual({ code: 137, stdout: 'ended|0|\nend|1\n', stderr: '\nend|1' });
});

it('keeps the end of many complaints', async () => {
  const { stderr } = await end('yes | head -c 100000 >&2; echo last >&2; exit 1');
  expect(stderr).toHaveLength(4096);
  expect(stderr).toMatch(/last$/);
});
