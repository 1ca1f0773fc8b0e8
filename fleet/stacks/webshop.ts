import type { Stack } from './stack.ts';

/** An invented shop, whose packages have the habits of real ones that Synnefo's have not. */
export const WEBSHOP: Stack = {
  name: 'webshop',
  roles: {
    web: {
      packages: ['webshop-web', 'webshop-images'],
      services: ['webshop-web'],
      page: { port: 9000, path: '/api/orders?limit=1', header: 'Authorization' },
    },
    worker: { packages: ['webshop-worker'], services: ['webshop-worker'] },
  },
  services: {
    'webshop-worker': '^/usr/bin/python3 -B /usr/bin/webshop-worker run',
    'webshop-web': '^/usr/bin/python3 -B /usr/bin/webshop-web',
  },
  seeders: ['worker'],
  databaseUser: 'webshop',
  leader: 'webshop-web',
  tokenFile: (token) => ({ path: 'etc/webshop/token', text: `${token}\n` }),
  environment: ({ databases }) => ({
    DATABASE_HOST: databases.webshop?.on ?? '',
    DATABASE_NAME: databases.webshop?.name ?? '',
  }),
  plan: 'plans/webshop-3.yml',
  secret: 'WEBSHOP_TOKEN',
  // Whoever quotes it wrong, or splits it, changes it.
  stepSecrets: { PARTNER_KEY: `p4rtner 'k\\ey'  "$(id)" %s*` },
  target: { packages: 'webshop-w', version: '3.0' },
};
