import { type Shell, sh } from '../shell/quote.ts';
import { aptLibrary } from './apt-library.ts';
import { bash, strict } from './bash.ts';

/** Exact versions by package. */
export type Versions = Readonly<Record<string, string>>;

export interface AptRequest {
  readonly packages: Versions;
  /** The release to take packages from, as apt's `-t`. */
  readonly release?: string | undefined;
  /** Packages on hold whose change was approved. */
  readonly held?: readonly string[];
}

/** Seconds to wait for another process that holds the lock of apt or dpkg. */
export const lockWait = 300;

/** No question has anybody to answer it, no daemon beneath may restart, and edited settings stay. */
const environment = bash`export DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true NEEDRESTART_SUSPEND=1 \
  APT_LISTCHANGES_FRONTEND=none APT_LISTBUGS_FRONTEND=none UCF_FORCE_CONFFOLD=1
`;

/** The first lines of every script that calls apt. */
export const prelude = bash`${strict}${environment}${aptLibrary}`;

/** Nothing comes from a repository whose signature is missing or wrong. */
export const trusted = sh`-o APT::Get::AllowUnauthenticated=false -o Acquire::AllowInsecureRepositories=false`;

/** The folder of downloaded packages. */
export function archivesOption({ archives }: { readonly archives: string }): Shell {
  return sh`-o ${`Dir::Cache::archives=${archives}`}`;
}

/** Lets apt change packages on hold, where that was approved. */
export function heldOption({ held = [] }: AptRequest): Shell {
  return sh`${held.length > 0 ? ['--allow-change-held-packages'] : []}`;
}

/** `-t RELEASE NAME=VERSION ...`, in the order of the request. */
export function target({ packages, release }: AptRequest): Shell {
  return sh`${[...(release === undefined ? [] : ['-t', release]), '--']} ${versionWords(packages)}`;
}

/** `NAME=VERSION ...` */
export function versionWords(packages: Versions): Shell {
  return sh`${Object.entries(packages).map(([name, version]) => `${name}=${version}`)}`;
}
