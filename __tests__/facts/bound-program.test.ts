import { chmod, chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readJournal } from '../../src/facts/journal.ts';
import { look } from '../../src/facts/look.ts';
import { askPage, parsePage } from '../../src/facts/page.ts';
import { parseFacts } from '../../src/facts/parse.ts';
import { factsCommand } from '../../src/facts/query.ts';
import { parseSchemaEnd, readSchema } from '../../src/facts/schema.ts';
import { Secret } from '../../src/shell/secret.ts';
import { encode } from '../../src/shell/wire.ts';
import { run } from '../commands/support/run.ts';
import { type BoundHost, boundHost, type Looked } from '../support/bound-host.ts';

let host: BoundHost;
let folder: string;
beforeAll(async () => {
  host = await boundHost();
  folder = await mkdtemp(join(tmpdir(), 'bound-'));
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  // Whatever was tried, nothing that it would have made is there.
  expect(await readdir(folder)).toEqual([]);
});

const ONLY = 'synnefo-upgrade-look: this key can only look\n';

function refused(looked: Looked, words: string | RegExp = ONLY): void {
  expect(looked).toEqual({
    code: 126,
    started: false,
    stdout: '',
    stderr: typeof words === 'string' ? words : expect.stringMatching(words),
  });
}

describe('a bound key sees', () => {
  const facts = factsCommand({
    packages: ['bash', 'no-such-package'],
    services: [{ name: 'no-such', hint: { executable: 'no-such' } }],
    folders: ['/usr'],
    tools: ['bash', 'no-such-tool'],
    lists: 'system',
    databases: [{ key: 'none', port: 1, name: 'none' }],
  });

  it('the same facts as any other key', async () => {
    const { started, code, stdout, stderr } = await host.ask(facts);
    expect({ started, code, stderr }).toEqual({ started: true, code: 0, stderr: '' });
    const own = await run(facts);
    const parsed = (text: string): object => ({ ...parseFacts('one', text, 0, 0), clockOffset: 0, free: {} });
    expect(parsed(stdout)).toEqual(parsed(own.stdout));
  });

  it('the journal, and that it may look', async () => {
    expect(await host.ask(readJournal())).toMatchObject({ started: true, code: 0 });
    expect(await host.ask(look('log in'))).toMatchObject({
      started: true,
      code: 0,
      stdout: expect.stringMatching(/^end\|\d+\n$/),
      stderr: '',
    });
  });

  describe('pages', () => {
    let server: Server;
    beforeAll(async () => {
      server = createServer((request, response) => response.end(request.headers['x-token']));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(async () => {
      await new Promise((resolve) => server.close(resolve));
    });

    async function page(name: string): Promise<string | null> {
      const http = `http://${name}:${(server.address() as AddressInfo).port}/`;
      const check = {
        http,
        header: { 'X-Token': { secret: 'T' } },
        status: 200,
        body: 'swordfish',
        within: 0,
      };
      const { code, stdout } = await host.ask(askPage(check, new Map([['T', new Secret('T', 'swordfish')]])));
      expect(code).toBe(0);
      return parsePage('one', stdout);
    }

    it.each(['127.0.0.1', 'localhost'])('of the host itself, as %s', async (name) => {
      expect(await page(name)).toBeNull();
    });

    it.each(['0.0.0.0', '10.0.0.1', 'localhost.example.org', '[::ffff:127.0.0.1]'])(
      'and none of %s',
      async (name) => {
        expect(await page(name)).toMatch(/^this key can only look, at pages of the host itself/);
      },
    );
  });
});

describe('a schema command runs', () => {
  const command = 'printf "at | %s\\n" "$HOME" | grep at';

  async function schema(asked: string): ReturnType<typeof answered> {
    return await answered(await host.ask(readSchema('front', asked)));
  }
  async function answered({ code, stdout, stderr }: Looked): Promise<ReturnType<typeof parseSchemaEnd>> {
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return parseSchemaEnd('one', stdout);
  }
  async function list(text: string): Promise<void> {
    await rm(host.schemas, { force: true });
    await writeFile(host.schemas, text, { mode: 0o644 });
  }
  const unlisted = {
    code: 126,
    stdout: '',
    stderr: expect.stringMatching(/^this key can only look, and its host does not list the command/),
  };

  it('when its very text is a line of the list', async () => {
    await list(`# of the plan\n\n${command}\n`);
    expect(await schema(command)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^at \| \//),
      stderr: '',
    });
  });

  it('and not when it is less, more, or something like it', async () => {
    await list(`${command}\n`);
    const touch = `touch ${join(folder, 'made')}`;
    for (const asked of [
      touch,
      `${command}; ${touch}`,
      `${command}\n${touch}`,
      ' ',
      'grep at',
      '.*',
      `${touch} #`,
    ]) {
      expect(await schema(asked)).toEqual(unlisted);
    }
  });

  it('and not without a list: it says what to write, and where', async () => {
    await rm(host.schemas, { force: true });
    const { stderr } = await schema(command);
    expect(stderr).toBe(
      `this key can only look, and its host does not list the command. Add it there as a line of ${host.schemas}:\n${command}`,
    );
  });

  it.each<[string, () => Promise<void>]>([
    ['a group may write', async () => await chmod(host.schemas, 0o664)],
    ['everybody may write', async () => await chmod(host.schemas, 0o646)],
    ['another user owns', async () => await chown(host.schemas, 65_534, 0)],
    ['lies in a folder that everybody may write', async () => await chmod(join(host.schemas, '..'), 0o777)],
  ])('and not from a list that %s', async (_what, open) => {
    await list(`${command}\n`);
    await open();
    const { code, stderr } = await schema(command);
    await chmod(join(host.schemas, '..'), 0o755);
    expect({ code, stderr }).toEqual({
      code: 126,
      stderr: expect.stringMatching(/is not root's alone to write$/),
    });
  });
});

describe('a bound key cannot', () => {
  it('run another script', async () => {
    const script = `touch ${join(folder, 'made')}`;
    refused(await host.ask({ title: 't', script }));
    refused(await host.ask({ title: 't', script: '' }));
    refused(await host.ask({ title: 't', script: `${'x'.repeat(200_000)}` }));
  });

  it('add to the script, whose text is that of another version then', async () => {
    const { script, ...command } = look('t');
    for (const changed of [
      `${script}\ntouch ${folder}/made`,
      script.replace('\nmain\n', `\ntouch ${folder}/made\n`),
    ]) {
      refused(
        await host.ask({ ...command, script: changed }),
        /the program of another version \(its script is [0-9a-f]{12}, the caller's is [0-9a-f]{12}\): install host\/synnefo-upgrade-look/,
      );
    }
  });

  it('loosen the script by its arguments or its environment, or run anything besides it', async () => {
    const asked = readSchema('front', `touch ${join(folder, 'made')}`);
    const env = { BOUND: 'no', SCHEMAS: '/dev/null', BASH_ENV: `${folder}/x`, PATH: folder };
    const { code, stdout } = await host.ask({ ...asked, env });
    expect(code).toBe(0);
    expect(parseSchemaEnd('one', stdout).code).toBe(126);
    const [, head = '', rest = ''] =
      /^([^\n]*\n)(.*)$/s.exec(encode(host.moved(look('t'))).bytes.toString()) ?? [];
    const [marker, prelude, ...lengths] = head.trim().split(' ');
    const evil = `touch ${join(folder, 'made')};`;
    const bytes = `${marker} ${Number(prelude) + evil.length} ${lengths.join(' ')}\n${evil}${rest}`;
    expect(await host.send(bytes)).toMatchObject({ code: 0, stdout: expect.stringMatching(/\nend\|\d+\n$/) });
  });

  it.each([
    ['nothing', '', /no command came/],
    ['a command line', 'id\n', ONLY],
    ['a session of sftp', '\0\0\0\x05\x01\0\0\0\x03\n', ONLY],
    ['a length that is a sum', `${'m'.repeat(32)} 1 1+1 0\nx\n`, ONLY],
    ['a length that is a command', `${'m'.repeat(32)} a[$(id)] 1 1\n`, ONLY],
    ['a length below nothing', `${'m'.repeat(32)} -1 1 1\n`, ONLY],
    ['a line without an end', 'm'.repeat(100_000), ONLY],
    ['a marker with other letters', `${'$(id)'.repeat(6)} 1 1 1\n`, ONLY],
    [
      'more than is ever sent',
      `${'m'.repeat(32)} 9999999 1 1\n`,
      /has 9999999 bytes, and at most 4194304 are read/,
    ],
    ['less than was said', `${'m'.repeat(32)} 5 5 5\nx`, /the command did not come whole/],
    ['a NUL byte', `${'m'.repeat(32)} 2 0 0\n\0x`, /the command did not come whole/],
  ])('get anything for %s', async (_what, bytes, words) => {
    refused(await host.send(bytes), words);
  });

  it('get anything for a command that is cut', async () => {
    const { bytes } = encode(host.moved(look('t')));
    for (const length of [60, 2000, bytes.length - 1]) {
      refused(await host.send(bytes.subarray(0, length)), /the command did not come whole/);
    }
  });

  it('ask what is no question, or without an end', async () => {
    const asked = look('t');
    for (const [input, words] of [
      [`run|touch ${folder}/made\nend\n`, 'not a question: run'],
      [`service|x\nend\n`, 'has 1 fields instead of 5'],
      ['main\nend\n', 'not a question: main'],
      ['lists|$(id)\nend\n', 'the question has no kind of lists'],
      [`database|k|a[$(touch ${folder}/made)]|x\nend\n`, 'the question has no port'],
      [`${'tool|x\n'.repeat(2001)}end\n`, 'more than 2000 questions'],
      ['tool|x\n', 'the questions are not complete'],
    ] as const) {
      const { started, code, stderr } = await host.ask({ ...asked, input });
      expect({ started, code, stderr }).toEqual({
        started: true,
        code: 2,
        stderr: expect.stringContaining(words),
      });
    }
  });
});
