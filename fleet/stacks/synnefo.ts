import type { Stack } from './stack.ts';

const WEB = [
  ...['gunicorn-services', 'python-objpool', 'snf-common', 'python-astakosclient', 'snf-django-lib'],
  ...['snf-webproject', 'snf-branding'],
];

/** Pages of one host, so each has a port of its own. */
const page = (port: number) => ({ port, path: '/', header: 'X-Auth-Token' });

/** Synnefo 0.15; the packages are those that its upgrade document lists. */
export const SYNNEFO: Stack = {
  name: 'synnefo',
  roles: {
    astakos: { packages: [...WEB, 'snf-astakos-app'], services: ['gunicorn'], page: page(8080) },
    cyclades: {
      packages: [...WEB, 'snf-pithos-backend', 'snf-cyclades-app'],
      services: ['gunicorn', 'snf-dispatcher'],
      page: page(8081),
    },
    pithos: {
      packages: [...WEB, 'snf-pithos-backend', 'snf-pithos-app', 'snf-pithos-webclient'],
      services: ['gunicorn'],
      page: page(8082),
    },
    ganeti: {
      packages: ['python-objpool', 'snf-common', 'snf-cyclades-gtools', 'snf-pithos-backend', 'snf-network'],
      services: ['snf-ganeti-eventd'],
    },
  },
  services: {
    gunicorn: '^/usr/bin/python3 /usr/bin/gunicorn ',
    'snf-dispatcher': '^/usr/bin/python3 -B /usr/bin/snf-dispatcher',
    'snf-ganeti-eventd': '^/usr/bin/python3 -B /usr/sbin/snf-ganeti-eventd',
  },
  seeders: ['astakos', 'cyclades', 'pithos'],
  databaseUser: 'synnefo',
  leader: 'snf-common',
  tokenFile: (token) => ({
    path: 'etc/synnefo/90-site.conf',
    text: `# What this site adds.\nHEALTH_TOKEN = '${token}'\n`,
  }),
  environment: ({ roles, databases }) => {
    const web = databases[roles.find((role) => role in databases) ?? 'astakos'];
    return {
      DATABASE_HOST: web?.on ?? '',
      DATABASE_NAME: web?.name ?? '',
      PITHOS_HOST: databases.pithos?.on ?? '',
      PITHOS_DATABASE: databases.pithos?.name ?? '',
    };
  },
  plan: 'synnefo-0.16',
  secret: 'HEALTH_TOKEN',
  stepSecrets: {},
  target: { packages: 'snf-', version: '0.16.2' },
};
