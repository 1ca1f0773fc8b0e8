import { SYNNEFO_PACKAGES } from './synnefo.ts';
import { WEBSHOP_PACKAGES } from './webshop.ts';

/**
 * Levels of the sources below `files/<package>/`: a version is made of its own level and all earlier ones, a later
 * file replacing an earlier one of the same path.
 */
export const LEVELS = ['0.15', '0.16', '0.16.2', '0.17', '2.4', '3.0', '4.0'] as const;
export type Level = (typeof LEVELS)[number];

export interface Release {
  version: string;
  level: Level;
}

export interface PackageSpec {
  name: string;
  /** The stack that it belongs to. */
  stack: string;
  releases: readonly Release[];
  /** Dependencies of one version; `same` gives "name (= this version)". */
  depends: (version: string, level: Level) => string[];
}

/** All that the fleet's repository offers. */
export const CATALOGUE: readonly PackageSpec[] = [...SYNNEFO_PACKAGES, ...WEBSHOP_PACKAGES];

/** The versions of a package, the one that is to be upgraded first. @throws Error for one that is not offered */
export function releasesOf(name: string): readonly Release[] {
  const spec = CATALOGUE.find((each) => each.name === name);
  if (spec === undefined) throw new Error(`the fleet has no package ${name}`);
  return spec.releases;
}

/** "0.16~rc1-1" without the packaging's own part: "0.16~rc1". */
export function upstreamOf(version: string): string {
  return version.replace(/-[^-]*$/, '');
}
