import { spawn } from 'node:child_process';
import type { Command } from '../../../src/shell/command.ts';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command's script with the real bash, as a transport would: arguments, environment, input. */
export function run(command: Command, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const own = Object.entries(command.env ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value.reveal(),
  ]);
  const child = spawn('bash', ['-c', command.script, 'bash', ...(command.args ?? [])], {
    env: { ...process.env, ...Object.fromEntries(own), ...env },
  });
  child.stdin.on('error', () => {}); // A script that reads nothing closes its end: its exit code tells.
  child.stdin.end(command.input ?? '');
  return collect(child);
}

/** A one-off script for what a test needs around the command under test. */
export function shell(script: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return run({ title: 'test', script: `set -eu -o pipefail\n${script}` }, env);
}

/** The same, which must end 0. */
export async function mustRun(script: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, stdout, stderr } = await shell(script, env);
  if (code !== 0) {
    throw new Error(`exit code ${code}: ${script}\n${stdout}\n${stderr}`);
  }
  return stdout;
}

function collect(child: ReturnType<typeof spawn>): Promise<Ran> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output.stdout += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    output.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
}
