import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';
import { Job, type JobStep } from '../../fleet/job.ts';
import { formatMistake } from '../../src/domain/errors.ts';
import { errorsIn } from '../fleet/support/run-log.ts';
import { makeKey } from '../support/keys.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Processes of their own, on a machine that may be busy.
jest.setTimeout(60_000);

interface Manifest {
  readonly runs: { readonly using: string };
  readonly inputs?: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

type Inputs = Readonly<Record<string, string>>;

const SUITE = join(import.meta.dirname, '..', '..');

/** Every action that is a program, by the folder of its stubs; the root action is `upgrade`. */
const ACTIONS = new Map(
  ['action.yml', ...readdirSync(join(SUITE, 'actions')).map((name) => join('actions', name, 'action.yml'))]
    .flatMap((file) => {
      const name = file === 'action.yml' ? 'upgrade' : (file.split('/')[1] ?? '');
      const manifest = manifestIn(file);
      return manifest === null ? [] : [[name, manifest] as const];
    })
    .filter(([, { runs }]) => runs.using.startsWith('node')),
);

/** Inputs that every step of a job shares: given to these actions, and by `connect` to all others. */
const CONNECTING = ['upgrade', 'connect'];

/** What is wrong with an input, by itself or with others, and what is said of it. */
const WRONG: Readonly<Record<string, readonly (readonly [Inputs, RegExp])[]>> = {
  plan: [
    [{ plan: '' }, /plan is missing|PLAN is missing/i],
    [{ plan: 'synnefo-0.61' }, /synnefo-0\.61.*synnefo-0\.16/s],
    [{ plan: 'plans/later.yml' }, /plans\/later\.yml:1:\d+: schema: /],
    [{ plan: '../elsewhere.yml' }, /elsewhere\.yml/],
  ],
  inventory: [
    [{ inventory: '' }, /inventory is missing/i],
    [{ inventory: 'schema: 1\nhosts: {}\ndatabases: {}\n' }, /hosts/],
    [{ inventory: 'inventories/none.yml' }, /inventories\/none\.yml/],
  ],
  'unencrypted-dumps': [
    [{ 'unencrypted-dumps': 'yes' }, /unencrypted.dumps is "yes", expected accept or nothing/i],
    [{ 'unencrypted-dumps': 'accept' }, /unencrypted.dumps is "accept", and .*encrypt.to is given/i],
  ],
  'retention-days': [
    [{ 'retention-days': 'soon' }, /retention.days is "soon", expected a number of days/i],
    [
      { 'retention-days': '3', 'dumps-directory': '/srv/dumps' },
      /retention.days is given, and .*dumps.directory too/i,
    ],
  ],
  'encrypt-to': [[{ 'encrypt-to': 'age1nobody' }, /encrypt-to/]],
  'ssh-key': [[{ 'ssh-key': 'swordfish' }, /the private key ssh-key cannot be read/]],
  'ssh-key-passphrase': [
    [
      { 'ssh-key': '', 'ssh-key-passphrase': 'swordfish' },
      /ssh-key-passphrase is given, and .*ssh-key is not/,
    ],
  ],
  'known-hosts': [[{ 'known-hosts': 'one swordfish' }, /known-hosts/]],
  'dry-run': [[{ 'dry-run': 'perhaps' }, /the input dry-run is "perhaps", expected true or false/]],
  limit: [
    [{ limit: 'astacos' }, /limit: there is no host and no role "astacos"; did you mean "astakos"/],
    [{ limit: 'pithos' }, /limit: pithos cuts through what belongs together/],
  ],
  resolve: [
    [{ resolve: 'perhaps' }, /the input resolve has "perhaps", expected done or again/],
    [{ resolve: 'done\nagain' }, /the input resolve has "done"/],
  ],
  point: [
    [{ point: '' }, /the input point is missing/],
    [{ point: 'now' }, /the input point is "now", expected one of before, after-migrate, after-steps, adhoc/],
  ],
  after: [
    [{ after: '' }, /the input after is missing/],
    [{ after: 'verify' }, /the input after is "verify", expected one of prepare, stop, install, migrate/],
  ],
  'plan-digest': [[{ 'plan-digest': 'swordfish' }, /the input plan-digest is "swordfish", expected/]],
  gate: [[{ gate: 'ajar' }, /the input gate is "ajar", expected one of require, warn/]],
  environment: [
    [{ environment: 'production', 'github-token': '' }, /nobody knows whether the environment "production"/],
  ],
  'approved-plan': [[{ 'approved-plan': '7', 'plan-digest': '' }, /approved-plan/]],
};

/** Any text may be right, as far as can be said without a host or a service. */
const UNJUDGED = ['dumps-directory', 'force-unlock', 'github-token', 'lock'];

const OPEN_DUMPS = /dumps would be uploaded as they are: give encrypt-to .*AGE_RECIPIENT/;

/** Those of the shared inputs that the later steps of a job check again. */
const CHECKED_AGAIN = ['plan', 'inventory', 'unencrypted-dumps', 'retention-days'];

it('judges every input of every action, or says why not', () => {
  const names = [...ACTIONS.values()].flatMap(({ inputs = {} }) => Object.keys(inputs));
  expect(names.filter((name) => WRONG[name] === undefined && !UNJUDGED.includes(name))).toEqual([]);
  expect([...ACTIONS.keys()].length).toBeGreaterThan(11);
});

describe.each([...ACTIONS])('the action %s', (action, { inputs: known = {}, outputs = {} }) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let host: Server;
  let connections = 0;
  let good: Inputs;

  beforeAll(async () => {
    folder = await temporaryFolder();
    // A host that hangs up on everybody: whoever gets that far has refused nothing.
    host = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const { port } = host.address() as { port: number };
    mkdirSync(join(folder.path, 'plans'));
    const plan = readFileSync(join(SUITE, 'plans', 'synnefo-0.16.yml'), 'utf8');
    writeFileSync(
      join(folder.path, 'plans', 'later.yml'),
      plan.slice(plan.indexOf('schema: 1')).replace('1', '2'),
    );
    writeFileSync(join(folder.path, '..', 'elsewhere.yml'), plan);
    const key = makeKey(folder.path, 'key');
    good = {
      plan: 'synnefo-0.16',
      inventory: inventoryAt(port),
      'ssh-key': key.privateKey,
      'known-hosts': `[127.0.0.1]:${port} ${makeKey(folder.path, 'host').publicKey}\n`,
      'encrypt-to': 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
      point: 'before',
      after: 'stop',
    };
    writeFileSync(join(folder.path, 'known_hosts'), good['known-hosts'] ?? '');
  });

  beforeEach(() => {
    connections = 0;
  });

  afterAll(async () => {
    await new Promise((resolve) => host.close(resolve));
    await folder[Symbol.asyncDispose]();
  });

  /** Runs it in a job that is connected, with something wrong. */
  async function ran(wrong: Inputs, env: Inputs = {}): Promise<JobStep> {
    using job = new Job({
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: folder.path,
      HEALTH_TOKEN: 'sesame',
      ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/',
      ACTIONS_RUNTIME_TOKEN: 'none',
      ...(CONNECTING.includes(action) ? {} : handedOn({ ...good, ...wrong })),
      ...env,
    });
    const given = Object.entries({ ...good, ...wrong }).filter(([name]) => known[name] !== undefined);
    const step = await job.run(action, { inputs: Object.fromEntries(given) });
    if (action === 'connect' && connections > 0) {
      // Its agent waits for the job's end.
      await job.end();
    }
    return step;
  }

  /** As `connect` leaves it to the later steps. */
  function handedOn(inputs: Inputs): Inputs {
    const names = [
      'plan',
      'inventory',
      'encrypt-to',
      'unencrypted-dumps',
      'dumps-directory',
      'retention-days',
    ];
    const values = names.map((name) => [variableOf(name), inputs[name] ?? '']);
    return {
      ...Object.fromEntries(values),
      SYNNEFO_UPGRADE_KNOWN_HOSTS: join(folder.path, 'known_hosts'),
      // Nobody asks it: the host hangs up before.
      SSH_AUTH_SOCK: join(folder.path, 'agent'),
    };
  }

  async function expectRefused(step: JobStep, words: RegExp): Promise<void> {
    expect({ code: step.code, signal: step.signal }).toEqual({ code: 1, signal: null });
    const errors = errorsIn(step.log).map(decodeURIComponent);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(words);
    if (outputs.outcome !== undefined) {
      expect(step.outputs.outcome).toBe('refused');
      const { what = '', mistakes = [] } = step.report?.failure ?? {};
      expect([what, ...mistakes.map(formatMistake)].join('\n')).toMatch(words);
      expect(step.summary).not.toBe('');
    }
    expect(step.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('BEGIN OPENSSH');
    expect(connections).toBe(0);
  }

  const rows = Object.entries(WRONG).flatMap(([name, cases]) =>
    casesOf(name, cases).map(([wrong, words]) => [JSON.stringify(wrong), wrong, words] as const),
  );

  /** Of what `connect` has handed on, one case shows that it is checked again. */
  function casesOf<T>(name: string, cases: readonly T[]): readonly T[] {
    if (known[name] !== undefined) {
      return cases;
    }
    return !CONNECTING.includes(action) && CHECKED_AGAIN.includes(name) ? cases.slice(-1) : [];
  }

  it.each(rows)('refuses %s before it talks to any host', async (_, wrong, words) => {
    await expectRefused(await ran(wrong), words);
  });

  if (!CONNECTING.includes(action)) {
    it('refuses a job without connect', async () => {
      const step = await ran({}, { SYNNEFO_UPGRADE_KNOWN_HOSTS: '' });
      await expectRefused(step, /this job is not connected: run the action connect in it before this one/);
    });
  }

  if (['upgrade', 'plan', 'prepare', 'start-services'].includes(action)) {
    it('refuses a plan whose secret is missing', async () => {
      await expectRefused(
        await ran({}, { HEALTH_TOKEN: '' }),
        /needs these environment variables.*HEALTH_TOKEN\b/,
      );
    });
  }

  if (['upgrade', 'backup-db'].includes(action)) {
    it('refuses dumps without encryption that nobody asked for', async () => {
      await expectRefused(await ran({ 'encrypt-to': '' }), OPEN_DUMPS);
    });
  }

  if (['upgrade', 'plan', 'backup-db'].includes(action)) {
    it.each([
      ['dumps without encryption', {}, OPEN_DUMPS],
      ['dumps that have no place', { ACTIONS_RESULTS_URL: '' }, /refused: there is nowhere to keep dumps/],
    ])('goes on with %s where nothing is done, and says what would be', async (_, env, words) => {
      const step = await ran({ 'encrypt-to': '', 'dry-run': 'true' }, env);
      expect(connections).toBeGreaterThan(0);
      expect(step.report?.notes).toEqual([expect.stringMatching(words)]);
      expect(step.report?.notes[0]).toMatch(
        /^a run that is given what this dry run is given would be refused: /,
      );
      expect(step.log).toContain(`::warning::${step.report?.notes[0]}`);
      expect(step.summary).toContain('would be refused');
    });
  }

  it('refuses to go on without a key', async () => {
    const step = await ran({ 'ssh-key': '' }, { SSH_AUTH_SOCK: '' });
    await expectRefused(step, /neither a private key nor an ssh-agent is given/);
  });

  it('talks to the host where nothing is wrong', async () => {
    const step = await ran({});
    expect(step.code).toBe(1);
    expect(connections).toBeGreaterThan(0);
    expect(errorsIn(step.log).map(decodeURIComponent)).toEqual([
      expect.stringContaining('one (root@127.0.0.1'),
    ]);
  });
});

function inventoryAt(port: number): string {
  return `
schema: 1
hosts:
  one: { address: 127.0.0.1, port: ${port}, user: root, roles: [astakos, cyclades, pithos, ganeti] }
databases:
  astakos: { engine: postgresql, name: snf_apps, on: one }
  cyclades: { same-as: astakos }
  pithos: { engine: postgresql, name: snf_pithos, on: one }
`;
}

/** Null where a folder of `actions` has none. */
function manifestIn(file: string): Manifest | null {
  try {
    return parse(readFileSync(join(SUITE, file), 'utf8')) as Manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

/** As `SYNNEFO_UPGRADE_RETENTION_DAYS`. */
function variableOf(name: string): string {
  return `SYNNEFO_UPGRADE_${name.replaceAll('-', '_').toUpperCase()}`;
}
