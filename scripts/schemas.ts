import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jsonSchemas } from '../src/config/json-schemas.ts';

/** Writes the JSON Schemas of plan, inventory and report; with --check it only says whether they are up to date. */
const folder = fileURLToPath(new URL('../schemas/', import.meta.url));
const check = process.argv.includes('--check');

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(jsonSchemas())) {
  const file = `${folder}${name}`;
  if (!check) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`schemas/${name} is not what the code says: run npm run schemas`);
    process.exitCode = 1;
  }
}
