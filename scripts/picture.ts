// Renders a job's summary as GitHub shows it to a picture: `npm run picture -- SUMMARY.md PICTURE.png`.
// Without arguments that of a real upgrade, for the README: runs the demo first, and shows what comes before the table of
// the services in docs/summary.png. `--until HEADING` ends a picture before any other heading.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDebianPackages } from './debian-packages.ts';
import { summaryPage } from './picture/page.ts';
import { photograph } from './picture/photograph.ts';

const root = join(import.meta.dirname, '..');

const { values, positionals } = parseArgs({ allowPositionals: true, options: { until: { type: 'string' } } });
const [given, picture = join(root, 'docs', 'summary.png'), ...others] = positionals;
if (others.length > 0) {
  throw new Error(`unknown arguments: ${others.join(' ')} (there are a summary and a picture)`);
}
const until = values.until ?? (given === undefined ? 'Services' : undefined);
const folder = mkdtempSync(join(tmpdir(), 'synnefo-upgrade-picture-'));
try {
  const summary = given ?? summaryOfDemo(join(folder, 'summary.md'));
  ensureDebianPackages(['chromium', 'fonts-liberation', 'fonts-noto-color-emoji']);
  photograph(summaryPage(readFileSync(summary, 'utf8'), until), resolve(picture), folder);
  console.log(`${picture} shows ${summary}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Upgrades the demo's fleet. @returns where the summary of that lies */
function summaryOfDemo(file: string): string {
  const demo = join(root, 'scripts', 'demo.ts');
  const { status } = spawnSync(process.execPath, [demo, '--summary', file], { stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`the demo ended with ${status}`);
  }
  return file;
}
