import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WIDTH } from './page.ts';

/** Pixels of the picture for one of the page. */
const SCALE = 1;

/**
 * Takes a picture of a whole page with a headless Chromium.
 * @param folder where the page and the browser's own files may lie
 * @throws Error with the page's or the browser's words
 */
export function photograph(page: string, picture: string, folder: string): void {
  const file = join(folder, 'page.html');
  writeFileSync(file, page);
  const drawn = chromium(folder, file, ['--dump-dom', `--window-size=${WIDTH},1000`]);
  const [, error] = /<html[^>]* data-error="([^"]*)"/.exec(drawn) ?? [];
  const [, height] = /<html[^>]* data-height="(\d+)"/.exec(drawn) ?? [];
  if (height === undefined) {
    throw new Error(`the page was not drawn: ${error ?? 'it did not say why'}`);
  }
  chromium(folder, file, [
    `--screenshot=${picture}`,
    `--window-size=${WIDTH},${height}`,
    `--force-device-scale-factor=${SCALE}`,
  ]);
  if (!existsSync(picture)) {
    throw new Error(`the browser took no picture ${picture}`);
  }
}

/** @returns what it printed */
function chromium(folder: string, file: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    'chromium',
    [
      '--headless',
      '--disable-gpu',
      '--hide-scrollbars',
      // Root has no sandbox, and the page is ours.
      '--no-sandbox',
      '--virtual-time-budget=20000',
      `--user-data-dir=${join(folder, 'browser')}`,
      ...args,
      pathToFileURL(file).href,
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' } },
  );
  if (status !== 0) {
    throw new Error(`chromium ended with ${status}:\n${stderr.trim().split('\n').slice(-10).join('\n')}`);
  }
  return stdout;
}
