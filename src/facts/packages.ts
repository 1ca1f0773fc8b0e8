import type { PackageFacts } from '../domain/facts.ts';

interface Installed {
  readonly state: string;
  readonly version: string | null;
}

interface Offered {
  readonly candidate: string | null;
  readonly offers: readonly string[];
}

/**
 * Puts together what dpkg has and what apt offers, for each name that was asked for.
 * @param dpkg lines of `dpkg-query -W -f='${Package}\t${Architecture}\t${Status}\t${Version}\n'`
 * @param policy what `apt-cache policy` printed, untranslated
 * @param architecture the host's own; a package of another one counts only when there is no other
 */
export function parsePackages(
  names: readonly string[],
  dpkg: string,
  policy: string,
  architecture: string,
): Record<string, PackageFacts> {
  const installed = parseInstalled(dpkg, architecture);
  const offered = parsePolicy(policy);
  return Object.fromEntries(
    names.map((name) => {
      const { state, version } = installed.get(name) ?? { state: '', version: null };
      const { candidate, offers } = offered.get(name) ?? { candidate: null, offers: [] };
      return [name, { state, version, held: state.startsWith('hold '), candidate, offers }];
    }),
  );
}

function parseInstalled(dpkg: string, architecture: string): Map<string, Installed> {
  const found = new Map<string, Installed>();
  for (const line of dpkg.split('\n').filter((text) => text !== '')) {
    const [name, built, state, version, ...more] = line.split('\t');
    if (name === undefined || state === undefined || version === undefined || more.length > 0) {
      throw new Error(`dpkg-query printed ${JSON.stringify(line)}`);
    }
    if (!found.has(name) || built === architecture || built === 'all') {
      const known = !state.startsWith('unknown ');
      found.set(name, { state: known ? state : '', version: hasFiles(state) ? version : null });
    }
  }
  return found;
}

/** Only the configuration files are left of a package in state `config-files`. */
function hasFiles(state: string): boolean {
  return !/ (config-files|not-installed)$/.test(state);
}

/**
 * Reads `apt-cache policy`: the version that apt prefers, and all that a repository offers, newest first. A version
 * whose only source is dpkg's own status file is installed but on offer nowhere.
 */
export function parsePolicy(policy: string): Map<string, Offered> {
  const found = new Map<string, Offered>();
  for (const block of policy.split(/^(?=\S)/m)) {
    const name = /^(\S+):\n/.exec(block)?.[1];
    if (name !== undefined) {
      found.set(name, { candidate: candidateOf(block), offers: offersOf(block) });
    }
  }
  return found;
}

function candidateOf(block: string): string | null {
  const candidate = /^ {2}Candidate: (\S+)$/m.exec(block)?.[1];
  return candidate === undefined || candidate === '(none)' ? null : candidate;
}

function offersOf(block: string): string[] {
  const table = block.split(/^ {2}Version table:\n/m)[1] ?? '';
  return table.split(/^(?= (?:\*\*\*| {3}) \S)/m).flatMap((entry) => {
    const version = /^ (?:\*\*\*| {3}) (\S+)/.exec(entry)?.[1];
    const sources = entry
      .split('\n')
      .slice(1)
      .filter((line) => line.trim() !== '');
    return version !== undefined && sources.some((line) => !line.endsWith('/var/lib/dpkg/status'))
      ? [version]
      : [];
  });
}
