import type { PackageSpec, Release } from './catalogue.ts';

const RELEASES: readonly Release[] = [
  { version: '2.4-1', level: '2.4' },
  { version: '3.0-1', level: '3.0' },
  { version: '4.0-1', level: '4.0' },
];

/** The packages of the shop, and what one of them comes with. */
export const WEBSHOP_PACKAGES: readonly PackageSpec[] = [
  {
    name: 'webshop-web',
    stack: 'webshop',
    releases: RELEASES,
    depends: () => ['adduser', 'debconf', 'python3-psycopg2'],
  },
  {
    name: 'webshop-worker',
    stack: 'webshop',
    releases: RELEASES,
    depends: () => ['adduser', 'python3-psycopg2', 'lsb-base | sysvinit-utils'],
  },
  {
    name: 'webshop-images',
    stack: 'webshop',
    releases: [
      { version: '1.7-1', level: '2.4' },
      { version: '1.8-1', level: '3.0' },
    ],
    // Compiled against a newer library: the new one pulls in something beneath the stack.
    depends: (_, level) => [level === '2.4' ? 'openssl' : 'openssl (>= 3.9)'],
  },
  // Empty, so that it can take the place of the real one on hosts that only exist for a test.
  {
    name: 'openssl',
    stack: 'webshop',
    releases: [{ version: '3.9-1', level: '3.0' }],
    depends: () => ['base-files'],
  },
];
