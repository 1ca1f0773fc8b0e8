/** What was read from one host, in one round trip. Everything in it is the host's word: untrusted text. */
export interface HostFacts {
  readonly host: string;
  /** The running system: its boot id, and the pid namespace of its init, since containers share a boot id. */
  readonly bootId: string;
  /** The public halves of its ssh server's keys, as `ssh-ed25519 AAAA...`. */
  readonly hostKeys: readonly string[];
  /** `VERSION_CODENAME` of /etc/os-release, as `bookworm`. */
  readonly release: string;
  /** dpkg's name of the architecture, as `amd64`. */
  readonly architecture: string;
  readonly init: 'systemd' | 'sysvinit';
  /** The host's clock minus the runner's, in milliseconds, half the round trip taken off. */
  readonly clockOffset: number;
  /** Tools that the steps need and that are not there. */
  readonly missingTools: readonly string[];
  readonly packages: Readonly<Record<string, PackageFacts>>;
  /** Why the package lists could not be read anew, in apt's words; empty where they were, or were not to be. */
  readonly unreadLists: string;
  /** Packages of the whole host that dpkg does not call installed or removed, as `name state`. */
  readonly unfinished: readonly string[];
  readonly services: Readonly<Record<string, ServiceFacts>>;
  /** Free bytes by folder: where the journal, downloads and dumps lie, where packages go, where dpkg writes. */
  readonly free: Readonly<Record<string, FreeSpace>>;
  /** By the inventory's key: the databases whose server runs here. */
  readonly databases: Readonly<Record<string, DatabaseFacts>>;
}

export interface FreeSpace {
  readonly bytes: number;
  /** Equal for two folders that share a file system. */
  readonly device: string;
}

export interface PackageFacts {
  /** dpkg's own word, as `install ok installed`; empty when dpkg does not know the package. */
  readonly state: string;
  /** Installed version, or null. */
  readonly version: string | null;
  readonly held: boolean;
  /** What apt prefers, or null. */
  readonly candidate: string | null;
  /** All versions on offer, newest first. */
  readonly offers: readonly string[];
}

export interface ServiceFacts {
  /** Does the init system know it? */
  readonly exists: boolean;
  /** At least one process of it lives. */
  readonly running: boolean;
  /** Starts at boot. */
  readonly enabled: boolean;
  readonly processes: readonly ProcessFacts[];
  /** systemd's count of automatic restarts; 0 under sysvinit. */
  readonly restarts: number;
  /** The init system's own word, for people. */
  readonly word: string;
}

export interface ProcessFacts {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat: clock ticks after boot, so that a reused pid is told apart. */
  readonly start: string;
  readonly command: string;
}

/** What was read about one database on its server. */
export interface DatabaseFacts {
  readonly exists: boolean;
  /** As `15.8`; empty when the server does not answer. */
  readonly serverVersion: string;
  readonly sizeBytes: number;
  /** Free bytes where the server keeps its data, and that file system's name. */
  readonly dataFree: FreeSpace;
  /** What a copy of it must be created with; null when it does not exist. */
  readonly shape: DatabaseShape | null;
  /** The words with which the server did not answer; empty when it did. */
  readonly silence: string;
}

/** With what a database was created: `create database` has to say the same again before a dump goes in. */
export interface DatabaseShape {
  readonly owner: string;
  /** As `UTF8`. */
  readonly encoding: string;
  readonly collate: string;
  readonly ctype: string;
  /** The ICU locale (PostgreSQL 15 and later), or null where the C library's are used. */
  readonly icuLocale: string | null;
}
