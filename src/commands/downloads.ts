import type { PackageChange } from '../domain/transaction.ts';
import type { Command } from '../shell/command.ts';
import { type Shell, sh } from '../shell/quote.ts';
import { bash, strict } from './bash.ts';

/** One downloaded package file. */
export interface Download {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Of a planned package, what tells whether a file is that one. */
export type PlannedFile = Pick<PackageChange, 'name' | 'architecture' | 'to' | 'sha256'>;

/**
 * Prints which package files lie in a folder, by their contents and not by their names, for `parseDownloads`. Reads
 * only.
 */
export function listDownloads(archives: string): Command {
  const script = bash`${strict}${library}list_downloads ${sh`${archives}`}
`;
  return { title: 'list the downloaded packages', script: script.text };
}

/** Program text that removes every package file from a folder that was not planned, or has another content. */
export function removeUnplanned(archives: string, planned: readonly PlannedFile[]): Shell {
  const known = planned.map(({ name, architecture, to, sha256 }) =>
    // What an earlier version of this suite has journaled knows no hashes.
    [name, to, architecture, sha256 ?? 'any'].join(' '),
  );
  return bash`${library}remove_unplanned ${sh`${archives}`} ${sh`${`|${known.join('|')}|`}`}
`;
}

/**
 * Reads what `listDownloads` prints. A file that is no package has the name, version and architecture `-`.
 * @throws Error with the line that was not understood
 */
export function parseDownloads(stdout: string): Download[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const match = /^deb ([0-9a-f]{64}) (\d+) (\S+) (\S+) (\S+) (\/.+)$/.exec(line);
    const [, sha256 = '', bytes = '', name = '', version = '', architecture = '', path = ''] = match ?? [];
    if (match === null) {
      throw new Error(`a line about a downloaded package is not understood: ${JSON.stringify(line)}`);
    }
    return { name, version, architecture, path, sha256, bytes: Number(bytes) };
  });
}

const library = bash`list_downloads() {
  local file hash
  for file in "$1"/*.deb; do
    [ -e "$file" ] || continue
    hash=$(sha256sum < "$file")
    printf 'deb %s %s ' "\${hash%% *}" "$(stat -c %s -- "$file")"
    # A crash may have left one that is none.
    dpkg-deb -W --showformat='\${Package} \${Version} \${Architecture}' -- "$file" 2> /dev/null || printf -- '- - -'
    printf ' %s\n' "$file"
  done
}

remove_unplanned() {
  list_downloads "$1" | while read -r _ hash _ name version architecture file; do
    case $2 in
      *"|$name $version $architecture $hash|"* | *"|$name $version $architecture any|"*) ;;
      *) echo "not as planned, and removed: $file" >&2; rm -f -- "$file" ;;
    esac
  done
}
`;
