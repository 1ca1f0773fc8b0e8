// Makes dist/, the one bundle that all actions share, from src/: `npm run build`.
// `npm run build -- --check` says whether the committed dist/ is what src/ gives, and changes nothing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundling/bundle.ts';
import { differences } from './bundling/compare.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

const [option, ...others] = process.argv.slice(2);
if (others.length > 0 || (option !== undefined && option !== '--check')) {
  throw new Error(`unknown argument: ${process.argv.slice(2).join(' ')} (there is only --check)`);
}
if (option === '--check') {
  process.exitCode = await check();
} else {
  await rm(dist, { recursive: true, force: true });
  await bundle(root, dist);
}

async function check(): Promise<number> {
  const fresh = await mkdtemp(join(tmpdir(), 'synnefo-upgrade-dist-'));
  try {
    await bundle(root, fresh);
    const found = await differences(fresh, dist);
    for (const difference of found) {
      console.error(`dist/${difference}`);
    }
    console.error(found.length > 0 ? 'run `npm run build` and commit dist/' : 'dist/ is what src/ gives');
    return found.length > 0 ? 1 : 0;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
