import type { Command } from '../shell/command.ts';
import { sh } from '../shell/quote.ts';
import { bash, strict } from './bash.ts';

/** What dpkg has of one package. */
export interface InstalledPackage {
  readonly name: string;
  readonly architecture: string;
  /** dpkg's own word, as `install ok installed`. */
  readonly state: string;
  readonly version: string;
}

/** Asks dpkg for states and versions: a program's own `--version` is no proof that its package is configured. */
export function readBack(names: readonly string[]): Command {
  // Exit code 1: dpkg does not know one of them, which the answer shows.
  const script = bash`${strict}dpkg-query -W -f='\${Package}\t\${Architecture}\t\${Status}\t\${Version}\n' \
  -- ${sh`${names}`} || [ "$?" = 1 ]
`;
  return { title: 'read back the installed versions', script: script.text };
}

/**
 * Reads the answer of `readBack`, by name; a package that dpkg does not know is missing from it.
 * @throws Error with the line that was not understood
 */
export function parseReadBack(stdout: string): Map<string, InstalledPackage> {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [name, architecture, state, version, ...more] = line.split('\t');
      if (
        name === undefined ||
        architecture === undefined ||
        state === undefined ||
        version === undefined ||
        more.length > 0
      ) {
        throw new Error(`dpkg-query printed ${JSON.stringify(line)}`);
      }
      return [name, { name, architecture, state, version }];
    }),
  );
}

/** A script that ends 0 when dpkg has exactly these versions, configured; else it prints the first that is not so. */
export function versionsAre(packages: Readonly<Record<string, string>>): Command {
  const expected = Object.entries(packages).map(
    ([name, version]) => `${name} install ok installed ${version}`,
  );
  const script = bash`${strict}found=$(dpkg-query -W -f='\${Package} \${Status} \${Version}\n')
for line in ${sh`${expected}`}; do
  grep -qxF -e "$line" <<< "$found" || { echo "not so: $line"; exit 1; }
done
`;
  return { title: 'look for the planned versions', script: script.text };
}
