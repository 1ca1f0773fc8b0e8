// Renders a job's summary as GitHub shows it to a picture: `npm run picture -- SUMMARY.md [PICTURE.png]`.
// Without a summary, that of a real upgrade: `npm run picture` runs the demo first. The picture is docs/summary.png.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureDebianPackages } from './debian-packages.ts';
import { summaryPage } from './picture/page.ts';
import { photograph } from './picture/photograph.ts';

const root = join(import.meta.dirname, '..');

const [given, picture = join(root, 'docs', 'summary.png'), ...others] = process.argv.slice(2);
if (others.length > 0) {
  throw new Error(`unknown arguments: ${others.join(' ')} (there are a summary and a picture)`);
}
const folder = mkdtempSync(join(tmpdir(), 'synnefo-upgrade-picture-'));
try {
  const summary = given ?? summaryOfDemo(join(folder, 'summary.md'));
  ensureDebianPackages(['chromium', 'fonts-liberation', 'fonts-noto-color-emoji']);
  photograph(summaryPage(readFileSync(summary, 'utf8')), resolve(picture), folder);
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
