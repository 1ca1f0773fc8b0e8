import { spawn } from 'node:child_process';

/** What a finished command left behind. */
export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Text for the command's stdin; without it stdin is /dev/null, so nothing can wait for a terminal. */
  input?: string;
  env?: Record<string, string>;
  cwd?: string;
}

/** A command that ended badly; the message has the end of its output. */
export class CommandFailed extends Error {
  readonly code: number;

  constructor(command: string, result: Result) {
    const tail = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-25).join('\n');
    super(`${command} ended with ${result.code}:\n${tail}`);
    this.name = 'CommandFailed';
    this.code = result.code;
  }
}

/** Runs a program to its end and returns what it said, whatever its exit code. A signal counts as 255. */
export function attempt(program: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
      cwd: options.cwd,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    // A program may end before it has read its input; its exit code tells the story, not the broken pipe.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({
        code: code ?? 255,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      }),
    );
  });
}

/** Runs a program to its end. @throws CommandFailed when it ends with anything but 0. */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Result> {
  const result = await attempt(program, args, options);
  if (result.code !== 0) throw new CommandFailed([program, ...args].join(' ').slice(0, 200), result);
  return result;
}

/** Polls until `probe` is true. @throws Error naming `what` after `seconds`. */
export async function until(
  what: string,
  seconds: number,
  probe: () => Promise<boolean> | boolean,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await probe())) {
    if (Date.now() > end) throw new Error(`${what}: not so after ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
