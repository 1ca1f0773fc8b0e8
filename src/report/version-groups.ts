import type { VersionChange } from '../domain/report.ts';

/** One change of one package with all hosts that it is made on. */
export interface VersionGroup {
  readonly package: string;
  readonly from: string | null;
  readonly to: string;
  readonly hosts: readonly string[];
}

/** Real changes only, the same change on several hosts once, in the order in which they came. */
export function groupVersions(changes: readonly VersionChange[]): VersionGroup[] {
  const real = changes.filter(({ from, to }) => from !== to);
  const groups = Map.groupBy(real, ({ package: name, from, to }) => JSON.stringify([name, from, to]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [
          {
            package: first.package,
            from: first.from,
            to: first.to,
            hosts: unique(group.map(({ host }) => host)),
          },
        ];
  });
}

/** How many packages change, and on how many hosts. */
export function countVersions(changes: readonly VersionChange[]): { packages: number; hosts: number } {
  const groups = groupVersions(changes);
  return {
    packages: unique(groups.map((group) => group.package)).length,
    hosts: unique(groups.flatMap(({ hosts }) => hosts)).length,
  };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
