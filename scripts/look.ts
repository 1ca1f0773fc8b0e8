// Writes host/synnefo-upgrade-look, the program for hosts on which a key can only look; with --check it only says
// whether it is up to date.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boundProgram } from '../src/facts/bound-program.ts';
import { LOOK_PROGRAM } from '../src/shell/wire.ts';

const file = fileURLToPath(new URL(`../host/${LOOK_PROGRAM}`, import.meta.url));

if (!process.argv.includes('--check')) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, boundProgram);
  chmodSync(file, 0o755);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== boundProgram) {
  console.error(`host/${LOOK_PROGRAM} is not what src/facts/ says: run npm run look`);
  process.exitCode = 1;
}
