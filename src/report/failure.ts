import {
  AuthenticationError,
  CancelledError,
  ConfigurationError,
  ConnectionLostError,
  HostKeyError,
  LookOnlyError,
  SudoError,
  TimeLimitError,
  TransportError,
  UnreachableError,
  UpgradeError,
} from '../domain/errors.ts';
import type { FailureReport } from '../domain/report.ts';

/** Causes of causes that are told. */
const DEEPEST = 8;

/**
 * What a person is told about anything that was thrown. Of several failures the first is told at length, the others
 * in one line each.
 */
export function explainFailure(error: unknown): FailureReport {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return explainSeveral(error);
  }
  if (error instanceof UpgradeError) {
    const { host, command, output, state, next } = error.details;
    return { what: withCauses(error, output), mistakes: [], host, command, output, state, next };
  }
  const what = withCauses(error);
  if (error instanceof TransportError) {
    const { host, command } = error;
    return { ...plain(what), host, command, next: nextAfter(error) };
  }
  return error instanceof ConfigurationError
    ? { ...plain(what), mistakes: error.mistakes, state: 'This run changed nothing.', next: nextAfter(error) }
    : { ...plain(what), next: nextAfter(error) };
}

function plain(what: string): FailureReport {
  return { what, mistakes: [], host: null, command: null, output: '', state: '', next: '' };
}

function explainSeveral(several: AggregateError): FailureReport {
  // A cancelled run ends in all its lanes with one and the same error.
  const [first, ...others] = new Set(flatten(several));
  const told = explainFailure(first);
  const lines = others.map((error) => `- ${firstLine(explainFailure(error).what)}`);
  return lines.length === 0
    ? told
    : {
        ...told,
        what: [told.what, `${several.message || 'Several failed'}; besides this:`, ...lines].join('\n'),
      };
}

function flatten(error: unknown, depth = 0): unknown[] {
  return error instanceof AggregateError && error.errors.length > 0 && depth < DEEPEST
    ? error.errors.flatMap((part) => flatten(part, depth + 1))
    : [error];
}

/** The message, and those of its causes that say something more, a line each. */
function withCauses(error: unknown, known = ''): string {
  const lines = [messageOf(error)];
  let cause = causeOf(error);
  for (let depth = 0; cause !== undefined && depth < DEEPEST; depth++, cause = causeOf(cause)) {
    const message = messageOf(cause);
    if (![known, ...lines].some((line) => line.includes(message))) {
      lines.push(`because of: ${message}`);
    }
  }
  return lines.join('\n');
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? (error.cause ?? undefined) : undefined;
}

/** An error of our own speaks for itself; of others (a TypeError, a system's error) the kind says something too. */
function messageOf(error: unknown): string {
  if (error instanceof ConfigurationError) {
    return firstLine(error.message);
  }
  if (!(error instanceof Error)) {
    return typeof error === 'string' && error.trim() !== ''
      ? error
      : `something was thrown that is no error: ${describe(error)}`;
  }
  const named = error.name !== 'Error' && !OWN.some((kind) => error instanceof kind);
  return named ? `${error.name}: ${error.message}` : error.message || error.name;
}

function describe(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A circle, or something that refuses to be text.
    return Object.prototype.toString.call(value);
  }
}

const OWN = [UpgradeError, TransportError, CancelledError];

/** What helps with errors that know their kind and nothing else; empty for the others. */
function nextAfter(error: unknown): string {
  const advice: ReadonlyArray<readonly [new (...args: never[]) => Error, string]> = [
    [ConfigurationError, 'Correct this and run the same again.'],
    [UnreachableError, 'See that the host is up and can be reached from the runner, and run the same again.'],
    [
      HostKeyError,
      "Find out by another way whether this is the host's key; if it is, pin it and run the same again.",
    ],
    [AuthenticationError, 'Let the host accept the key, and run the same again.'],
    [SudoError, 'Let this user run `sudo -n` without a password, and run the same again.'],
    [
      LookOnlyError,
      "Where the hosts are to be changed, use a key that is not bound to looking. Where they are not, let the host's program be that of this version (docs/look-only-key.md), and run the same again.",
    ],
    [ConnectionLostError, 'Run the same again: it looks what became of the command and goes on from there.'],
    [
      TimeLimitError,
      'What was waited for may still run on the host. Run the same again: it is followed to its end.',
    ],
  ];
  return advice.find(([kind]) => error instanceof kind)?.[1] ?? '';
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

export { annotationText } from './annotation.ts';
