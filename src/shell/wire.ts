import { randomBytes } from 'node:crypto';
import type { Command } from './command.ts';
import { quote } from './quote.ts';

/**
 * What the host's bash runs first, the same text for every command, so that the command line shows nothing and a
 * key or a sudo rule can be bound to it. It reads everything else from standard input: a line with a marker and
 * three lengths, then so many bytes of variables and arguments, of the script, and of the script's own input
 * (base64, since a shell variable holds no NUL). Only when all of it has arrived does it print the marker on both
 * outputs and start: a connection that is cut while it sends never starts half a script, nor a whole one on half
 * an input. What a login shell printed before the marker is nobody's output.
 *
 * It has no single quote, no newline and no `!`, because it must pass through any login shell.
 */
export const BOOTSTRAP = [
  'LC_ALL=C; read -r -a __wire || exit 125;',
  ...[1, 2, 3].map((n) => `__wire[${n + 3}]=$(head -c "\${__wire[${n}]}") || exit 125;`),
  ...[1, 2, 3].map((n) => `[ "\${#__wire[${n + 3}]}" = "\${__wire[${n}]}" ] || exit 125;`),
  `printf "%s\\n" "$__wire" && printf "%s\\n" "$__wire" >&2 || exit 125;`,
  `eval "\${__wire[4]}" || exit 125;`,
  `eval "unset __wire; \${__wire[5]}"`,
].join(' ');

/** The program on a host that a key can be bound to, so that it can only look; its refusals begin with this. */
export const LOOK_PROGRAM = 'synnefo-upgrade-look';

/** Every script starts from these, whatever the login shell, sudo and sshd left; `Command.env` goes on top. */
const SURROUNDINGS: Readonly<Record<string, string>> = {
  LC_ALL: 'C.UTF-8',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  TERM: 'dumb',
};

/** One command as it travels on standard input. */
export interface Wire {
  /** The line (without its newline) after which both outputs are the script's. */
  readonly marker: string;
  readonly bytes: Buffer;
}

/**
 * Turns a command into the bytes that `BOOTSTRAP` reads.
 * @throws RangeError for what bash cannot hold: a NUL byte in script, argument or variable, or a variable's name
 */
export function encode(command: Command): Wire {
  const input = Buffer.from(command.input ?? '').toString('base64');
  const prelude = Buffer.from(preludeOf(command));
  const script = Buffer.from(scriptOf(command));
  const marker = randomBytes(24).toString('base64url');
  const head = `${marker} ${prelude.length} ${script.length} ${input.length}\n`;
  return { marker, bytes: Buffer.concat([Buffer.from(head), prelude, script, Buffer.from(input)]) };
}

/**
 * The program that reads the bootstrap as its next argument. Without `--norc` bash takes a socket on its input, or
 * sshd's variables, for a remote shell and reads root's .bashrc first, which may say, change and cost anything.
 */
export const BASH: readonly string[] = ['bash', '--norc', '-c'];

/** The line for a login shell of any kind; `exec`, so that a signal's end is seen as one. */
export function loginLine(sudo: boolean): string {
  return `exec ${sudo ? 'sudo -n -- ' : ''}${BASH.join(' ')} '${BOOTSTRAP}'`;
}

function preludeOf(command: Command): string {
  const parts = ['umask 022', 'cd /'];
  for (const [name, value] of Object.entries({ ...SURROUNDINGS, ...command.env })) {
    parts.push(`export ${nameOf(name)}=${quote(typeof value === 'string' ? value : value.reveal())}`);
  }
  parts.push(`set -- ${(command.args ?? []).map(quote).join(' ')}`);
  // A process substitution: a here-document would lie in a file of /tmp, and the input may be a secret.
  parts.push(command.input ? `exec < <(printf %s "\${__wire[6]}" | base64 -d)` : 'exec </dev/null');
  return parts.join(' && ');
}

function nameOf(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === '__wire') {
    throw new RangeError(`${JSON.stringify(name)} is no name of a variable`);
  }
  return name;
}

/** `$(...)` drops newlines at the end, and the length must be that of what bash holds. */
function scriptOf(command: Command): string {
  if (command.script.includes('\0')) {
    throw new RangeError('a NUL byte cannot stand in a script');
  }
  return command.script.replace(/\n+$/, '');
}
