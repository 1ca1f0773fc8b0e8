import type { PackageSpec, Release } from './catalogue.ts';

const RELEASES: readonly Release[] = [
  { version: '0.15.2-1', level: '0.15' },
  { version: '0.16~rc1-1', level: '0.16' },
  { version: '0.16.2-1', level: '0.16.2' },
  { version: '0.17-1', level: '0.17' },
];

const same = (version: string, ...names: string[]): string[] => names.map((name) => `${name} (= ${version})`);

function synnefo(name: string, depends: PackageSpec['depends']): PackageSpec {
  return { name, stack: 'synnefo', releases: RELEASES, depends };
}

/** The packages of Synnefo and of what it stands on. */
export const SYNNEFO_PACKAGES: readonly PackageSpec[] = [
  {
    name: 'gunicorn-services',
    stack: 'synnefo',
    releases: [{ version: '1-1', level: '0.15' }],
    depends: () => ['gunicorn', 'lsb-base | sysvinit-utils'],
  },
  {
    name: 'python-objpool',
    stack: 'synnefo',
    releases: [
      { version: '0.3-1', level: '0.15' },
      { version: '0.4-1', level: '0.16' },
    ],
    depends: () => ['python3'],
  },
  // New with 0.16: an upgrade brings it in.
  {
    name: 'python-lockfile',
    stack: 'synnefo',
    releases: [{ version: '0.8-2', level: '0.16' }],
    depends: () => ['python3'],
  },
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
