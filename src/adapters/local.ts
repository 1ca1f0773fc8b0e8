import { userInfo } from 'node:os';
import { UnreachableError } from '../domain/errors.ts';
import type { ExecOptions, ExecResult, Log, Transport } from '../ports.ts';
import type { Command } from '../shell/command.ts';
import { BASH, BOOTSTRAP, encode } from '../shell/wire.ts';
import { converse } from './converse.ts';
import { LocalPipes } from './local-pipes.ts';
import { maskSecrets } from './mask-secrets.ts';
import type { Exit, Running } from './running.ts';

/** Opens the pipes in the order input, output, error; then it is the same bash as on any other host. */
const OPEN_PIPES = 'exec <"$1" >"$2" 2>"$3"; set --;';

/** A transport for the machine that we run on ourselves: no connection, otherwise everything as over SSH. */
export function connectLocal(host: string, log: Log): Transport {
  return new LocalTransport(host, log);
}

class LocalTransport implements Transport {
  readonly host: string;
  readonly #log: Log;
  #disposed = false;

  constructor(host: string, log: Log) {
    this.host = host;
    this.#log = log;
  }

  async exec(command: Command, options: ExecOptions = {}): Promise<ExecResult> {
    if (this.#disposed) {
      throw new Error(`${this.host}: the transport is closed`);
    }
    maskSecrets(command, this.#log);
    const wire = encode(command);
    options.signal?.throwIfAborted();
    const pipes = await LocalPipes.make((paths) => makePipes(this.host, paths));
    try {
      return await converse(await startBash(this.host, pipes), wire, command, options);
    } finally {
      await pipes.destroy();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
  }
}

async function makePipes(host: string, paths: readonly string[]): Promise<void> {
  const { getExecOutput } = await import('@actions/exec');
  const made = await getExecOutput('mkfifo', ['-m', '600', ...paths], {
    silent: true,
    ignoreReturnCode: true,
  });
  if (made.exitCode !== 0) {
    throw new UnreachableError(`${host}: no pipes can be made: ${made.stderr.trim()}`);
  }
}

async function startBash(host: string, pipes: LocalPipes): Promise<Running> {
  const { exec } = await import('@actions/exec');
  const root = process.getuid?.() === 0;
  const bash = [...BASH, `${OPEN_PIPES} ${BOOTSTRAP}`, 'bash', ...pipes.paths];
  const [tool = '', ...args] = root ? bash : ['sudo', '-n', '--', ...bash];
  // The first word on standard output shows that the process has all three ends; if it never gets there, its end.
  pipes.stdout.once('data', () => pipes.handOver());
  const listeners = { stderr: (words: Buffer) => pipes.note(words) };
  const exited = exec(tool, args, { silent: true, ignoreReturnCode: true, listeners }).then(
    // A signal's end has no code, and which signal it was is not told.
    (code): Exit => ({ code: code as number | null, signal: null }),
    (error: Error) => {
      throw new UnreachableError(`${host}: ${error.message}`, { cause: error });
    },
  );
  const closed = exited.then(() => undefined).finally(() => pipes.handOver());
  return {
    host,
    sudoer: root ? null : userInfo().username,
    stdin: pipes.stdin,
    stdout: pipes.stdout,
    stderr: pipes.stderr,
    exited,
    closed,
    abandon: () => undefined,
  };
}
