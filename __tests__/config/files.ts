import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../../src/domain/errors.ts';

/** A folder with these files, gone at the end of the scope. */
export function aFolder(files: Readonly<Record<string, string>> = {}): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'config-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

/** The lines of the error that loading ends with. */
export function mistakesOf(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return error.message.split('\n').slice(1);
    }
    throw error;
  }
  return [];
}

/** A plan of one role. */
export const PLAN = `schema: 1
name: shop-2
versions:
  to: { "shop-*": ">= 2, < 3~" }
roles:
  front:
    services: [web]
    packages: [shop-front]
    database: shop
    migrate: [shop-migrate]
`;

/** An inventory of one host, that fits `PLAN`. */
export const INVENTORY = `schema: 1
hosts:
  one: { roles: [front] }
databases:
  shop: { engine: postgresql, name: shop, on: one }
`;
