import { describe, expect, it } from '@jest/globals';
import type { DatabaseState } from '../../src/domain/dump.ts';
import { databasesOf } from '../../src/domain/inventory.ts';
import type { DumpContext } from '../../src/executor/dump-context.ts';
import { writtenSinceDump } from '../../src/executor/dump-guard.ts';
import { Journal } from '../../src/executor/journal.ts';
import type { ExecResult, Transport } from '../../src/ports.ts';
import { lookAnswer, printed } from '../support/look-answer.ts';
import { ended, type PaperStep } from '../support/paper-journal.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { aResolved } from '../support/resolved.ts';

const BEFORE: DatabaseState = {
  writes: { oid: '16384', inserted: '1', updated: '0', deleted: '0', reset: null },
  rows: { 'public.goods': 5 },
  heads: { front: '(*) 1', back: 'abc' },
};
const APT: PaperStep = { host: 'one', id: 'install-packages.apt', state: ended() };
const resolved = aResolved();

interface Now {
  readonly front?: string;
  readonly inserted?: string;
  /** The exit code of the schema command of front. */
  readonly code?: number;
  /** Who is connected, a line each. */
  readonly sessions?: string;
}

/** A host that gives such answers; nothing else about it is real, and nothing else is asked. */
function answering({ front = '(*) 1\n', inserted = '1', code = 0, sessions = '' }: Now): Transport {
  const said: Record<string, string> = {
    'list the sessions on shop': sessions,
    'read the write counters of shop': JSON.stringify({ ...BEFORE.writes, inserted }),
    'count the rows of shop': '["public.goods","5"]',
    'read the schema of front': lookAnswer(printed('schema', front), ['ended', String(code), '']),
    'read the schema of back': lookAnswer(printed('schema', 'abc (head)\n'), ['ended', '0', '']),
  };
  return {
    host: 'one',
    exec: async ({ title }): Promise<ExecResult> => ({
      code: 0,
      signal: null,
      stdout: said[title] ?? `nobody said what ${title} answers`,
      stderr: '',
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function guard(now: Now, ...steps: PaperStep[]): Promise<{ found: string | null; log: RecordingLog }> {
  const log = new RecordingLog();
  const hosts = new Map([['one', answering(now)]]);
  let waited = 0;
  const clock = {
    now: () => waited,
    sleep: async (milliseconds: number) => {
      waited += milliseconds;
    },
  };
  const runner = { hosts, log, clock, signal: new AbortController().signal };
  const record = JSON.stringify({ state: BEFORE });
  const journal = new Journal(
    runner,
    { id: 'l', epochs: new Map() },
    'u1',
    new Map([
      [
        'one',
        {
          epoch: 1,
          lock: null,
          current: 'u1',
          plan: null,
          steps: new Map(steps.map(({ id, state }) => [id, { state }])),
          records: new Map([['dump.front.before', record]]),
        },
      ],
    ]),
  );
  const [target] = databasesOf(resolved.plan, resolved.inventory);
  const context = { runner, journal, resolved, facts: new Map() } as unknown as DumpContext;
  return { found: await writtenSinceDump(context, target as never, 'migrate'), log };
}

describe('writtenSinceDump, before a migration', () => {
  it('has nothing to say of a database that is as its dump', async () => {
    expect((await guard({}, APT)).found).toBeNull();
  });

  it('refuses to go on while somebody is still connected', async () => {
    const sessions = JSON.stringify({
      pid: 7,
      user: 'postgres',
      application: 'cron',
      address: '',
      state: 'active',
    });
    await expect(guard({ sessions: `${sessions}\n` }, APT)).rejects.toMatchObject({
      message: 'one: somebody is still connected to shop',
      details: {
        output: 'pid 7: user postgres, cron, from the host itself, active',
        next: expect.stringContaining('select pg_terminate_backend(PID)'),
      },
    });
  });

  it('says what was written', async () => {
    expect((await guard({ inserted: '2' }, APT)).found).toBe('1 row inserted since the dump');
  });

  it('refuses a schema that somebody changed while no package was installed', async () => {
    await expect(guard({ front: '(*) 1\n(*) 2\n' })).rejects.toThrow(
      'one: shop: the schema of front changed since the dump, and no migration of this upgrade has begun',
    );
  });

  it('lets packages migrate the database that they own, and says so', async () => {
    const { found, log } = await guard({ front: '(*) 1\n(*) 2\n', inserted: '9' }, APT);
    expect(found).toBeNull();
    expect(log.lines.join('\n')).toContain('packages changed it while they were installed');
  });

  it('does not take a command that fails for an answer', async () => {
    await expect(guard({ front: 'no such table\n', code: 1 }, APT)).rejects.toThrow(
      'one: the schema command of front failed: no such table',
    );
  });
});
