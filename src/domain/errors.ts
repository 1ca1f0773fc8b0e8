/** One mistake in a file that the user wrote. */
export interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The path of the key, as `roles.web.packages[2]`. */
  readonly path: string;
  readonly message: string;
}

/** The user's files or inputs are wrong: nothing was touched. */
export class ConfigurationError extends Error {
  readonly mistakes: readonly Mistake[];

  constructor(message: string, mistakes: readonly Mistake[] = [], options?: ErrorOptions) {
    super([message, ...mistakes.map(formatMistake)].join('\n'), options);
    this.name = 'ConfigurationError';
    this.mistakes = mistakes;
  }
}

/** `file:line:column: path: message`, as editors and the log read it. */
export function formatMistake(mistake: Mistake): string {
  const { file, line, column, path, message } = mistake;
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;
}

/** A host could not be talked to. Whoever talked to it says with whom and about what. */
export abstract class TransportError extends Error {
  host: string | null = null;
  command: string | null = null;

  /** Remembers, once, which command on which host this was about. */
  about(host: string, command: string | null): this {
    this.host ??= host;
    this.command ??= command;
    return this;
  }
}

/** Before anything ran on the host: it could not be reached. */
export class UnreachableError extends TransportError {
  override name = 'UnreachableError';
}

/** The host showed another key than the pinned one, or none is pinned: nothing was sent. */
export class HostKeyError extends TransportError {
  override name = 'HostKeyError';
}

/** The host refused our key. */
export class AuthenticationError extends TransportError {
  override name = 'AuthenticationError';
}

/** The user cannot become root without a password. */
export class SudoError extends TransportError {
  override name = 'SudoError';
}

/** The key is bound to looking: it was asked for something else, or by another version than the host has. */
export class LookOnlyError extends TransportError {
  override name = 'LookOnlyError';
}

/** The connection went while a command ran; what became of the command is unknown. */
export class ConnectionLostError extends TransportError {
  override name = 'ConnectionLostError';
}

/** The waiting for a command ended; the command itself may go on. */
export class TimeLimitError extends TransportError {
  override name = 'TimeLimitError';
}

/** Somebody stopped the run: nothing new starts. */
export class CancelledError extends Error {
  override name = 'CancelledError';

  constructor(signal: string) {
    super(`the run was cancelled (${signal})`);
  }
}

/** Everything that a person needs when a step did not work. */
export interface FailureDetails {
  readonly host: string | null;
  /** The title of what ran, secrets masked. */
  readonly command: string | null;
  /** The last lines that it printed. */
  readonly output: string;
  /** What state things are in now. */
  readonly state: string;
  /** What to do next. */
  readonly next: string;
}

/** Something on a host did not go as it should. */
export class UpgradeError extends Error {
  readonly details: FailureDetails;

  constructor(what: string, details: Partial<FailureDetails> = {}, options?: ErrorOptions) {
    super(what, options);
    this.name = 'UpgradeError';
    this.details = { host: null, command: null, output: '', state: '', next: '', ...details };
  }
}
