import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { boundProgram } from '../../src/facts/bound-program.ts';
import type { Command } from '../../src/shell/command.ts';
import { encode } from '../../src/shell/wire.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What came out of the program, with what stood before and behind the marker. */
export interface Looked {
  readonly code: number | null;
  /** Did the marker come on both outputs? Only then is the rest an answer. */
  readonly started: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** This machine behind a bound key: the program as it ships, but its list of commands lies in a folder of the test's own. */
export interface BoundHost extends AsyncDisposable {
  /** The list; its folder is there and belongs to root alone. */
  readonly schemas: string;
  /** Sends a command as a transport does. */
  ask(command: Command): Promise<Looked>;
  /** Sends any bytes, and ends the input. */
  send(bytes: string | Buffer): Promise<Looked>;
  /** A command as the host would know it, for tests that change it. */
  moved(command: Command): Command;
}

export async function boundHost(): Promise<BoundHost> {
  const folder = await temporaryFolder();
  const own = join(folder.path, 'etc');
  await mkdir(own, { mode: 0o755 });
  const move = (text: string): string => text.replaceAll('/etc/synnefo-upgrade', own);
  const program = join(folder.path, 'synnefo-upgrade-look');
  await writeFile(program, move(boundProgram));
  await chmod(program, 0o755);
  const moved = (command: Command): Command => ({ ...command, script: move(command.script) });
  return {
    schemas: join(own, 'schemas'),
    moved,
    ask: async (command) => {
      const { marker, bytes } = encode(moved(command));
      return await converse(program, bytes, marker);
    },
    send: async (bytes) => await converse(program, bytes, 'no marker was sent'),
    [Symbol.asyncDispose]: async () => await folder[Symbol.asyncDispose](),
  };
}

async function converse(program: string, bytes: string | Buffer, marker: string): Promise<Looked> {
  const child = spawn(program, [], { env: { ...process.env, SSH_ORIGINAL_COMMAND: 'touch /tmp/never' } });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said.stderr += chunk;
  });
  // A program that refuses reads no more.
  child.stdin.on('error', () => undefined);
  child.stdin.end(bytes);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const head = `${marker}\n`;
  const started = said.stdout.startsWith(head) && said.stderr.startsWith(head);
  const rest = (text: string): string => (started ? text.slice(head.length) : text);
  return { code, started, stdout: rest(said.stdout), stderr: rest(said.stderr) };
}
