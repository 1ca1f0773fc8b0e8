import { ConfigurationError } from '../domain/errors.ts';
import { Secret } from '../shell/secret.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The variable by which a workflow hands on secrets of a plan whose names it does not know. */
const VARIABLE = 'PLAN_SECRETS';

/**
 * The secrets in the variable `PLAN_SECRETS`, a line `NAME=value` each; empty lines count for nothing.
 * @throws ConfigurationError that names the lines that are wrong, and nothing of what stands in them
 */
export function planSecrets({ [VARIABLE]: text = '' }: Environment): Map<string, Secret> {
  const secrets = new Map<string, Secret>();
  const problems: string[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') {
      continue;
    }
    const [, name, value = ''] = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.+)$/.exec(line) ?? [];
    if (name === undefined) {
      problems.push(`line ${index + 1} is not of the form NAME=value`);
    } else if (secrets.has(name)) {
      problems.push(`line ${index + 1} has a name that an earlier line has`);
    } else {
      secrets.set(name, new Secret(name, value));
    }
  }
  if (problems.length > 0) {
    throw new ConfigurationError(`${VARIABLE}: ${problems.join('; ')} (what it holds is not shown)`);
  }
  return secrets;
}
