/**
 * Levels of the sources below `files/<package>/`: a version is made of its own level and all earlier ones, a later
 * file replacing an earlier one of the same path.
 */
export const LEVELS = ['0.15', '0.16', '0.16.2', '0.17'] as const;
export type Level = (typeof LEVELS)[number];

export interface Release {
  version: string;
  level: Level;
}

export interface PackageSpec {
  name: string;
  releases: readonly Release[];
  /** Dependencies of one version; `same` gives "name (= this version)". */
  depends: (version: string, level: Level) => string[];
}

const SYNNEFO: readonly Release[] = [
  { version: '0.15.2-1', level: '0.15' },
  { version: '0.16~rc1-1', level: '0.16' },
  { version: '0.16.2-1', level: '0.16.2' },
  { version: '0.17-1', level: '0.17' },
];

const same = (version: string, ...names: string[]): string[] => names.map((name) => `${name} (= ${version})`);

function synnefo(name: string, depends: PackageSpec['depends']): PackageSpec {
  return { name, releases: SYNNEFO, depends };
}

export const CATALOGUE: readonly PackageSpec[] = [
  {
    name: 'gunicorn-services',
    releases: [{ version: '1-1', level: '0.15' }],
    depends: () => ['gunicorn', 'lsb-base | sysvinit-utils'],
  },
  {
    name: 'python-objpool',
    releases: [
      { version: '0.3-1', level: '0.15' },
      { version: '0.4-1', level: '0.16' },
    ],
    depends: () => ['python3'],
  },
  // New with 0.16: an upgrade brings it in.
  { name: 'python-lockfile', releases: [{ version: '0.8-2', level: '0.16' }], depends: () => ['python3'] },
  synnefo('snf-common', (_, level) => [
    ...['adduser', 'python3-django', `python-objpool (>= ${level === '0.15' ? '0.3' : '0.4'})`],
    ...(level === '0.15' ? [] : ['python-lockfile']),
  ]),
  synnefo('python-astakosclient', (v) => ['python-objpool', ...same(v, 'snf-common')]),
  synnefo('snf-django-lib', (v) => ['python3-django', ...same(v, 'snf-common')]),
  // No word of snf-common, whose group its postinst uses.
  synnefo('snf-branding', () => ['python3']),
  synnefo('snf-webproject', (v) => [
    ...['gunicorn-services', 'python3-psycopg2'],
    ...same(v, 'snf-common', 'snf-django-lib', 'snf-branding'),
  ]),
  synnefo('snf-astakos-app', (v) => same(v, 'snf-webproject', 'snf-common', 'python-astakosclient')),
  synnefo('snf-pithos-backend', (v) => ['alembic', 'python3-psycopg2', ...same(v, 'snf-common')]),
  synnefo('snf-cyclades-app', (v) =>
    same(v, 'snf-webproject', 'snf-common', 'snf-pithos-backend', 'python-astakosclient'),
  ),
  synnefo('snf-pithos-app', (v) =>
    same(v, 'snf-webproject', 'snf-common', 'snf-pithos-backend', 'python-astakosclient'),
  ),
  synnefo('snf-pithos-webclient', (v) => same(v, 'snf-webproject')),
  synnefo('snf-cyclades-gtools', (v) => ['python-objpool', ...same(v, 'snf-common')]),
  synnefo('snf-network', () => ['python3']),
];

/** "0.16~rc1-1" without the packaging's own part: "0.16~rc1". */
export function upstreamOf(version: string): string {
  return version.replace(/-[^-]*$/, '');
}
