import { plainText } from './told-failure.ts';

/** Titles of sections whose words depend on how long things took. */
const TIMED = ['Times'];

/**
 * The sections of a summary by their titles, with ids, hashes, times, lengths and sizes replaced, so that two runs which
 * did the same say the same.
 */
export function wordsOf(summary: string): Record<string, string> {
  const sections = plainText(summary.replaceAll('<br>', ' '))
    .split(/^(?=###? )/m)
    .filter((text) => text.trim() !== '');
  return Object.fromEntries(
    sections
      .map((text) => [/^#+ (.*)$/m.exec(text)?.[1] ?? '', plain(text)] as const)
      .filter(([title]) => !TIMED.includes(title)),
  );
}

function plain(text: string): string {
  return (
    text
      .replaceAll(/\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b/g, 'HASH')
      .replaceAll(/\.[0-9a-f]{8}\.(dump|sql)\b/g, '.HASH.$1')
      .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
      .replaceAll(/\b\d{8}T\d{6}Z-[0-9a-f]{4}\b/g, 'UPGRADE')
      .replaceAll(/\/actions\/runs\/\d+\/artifacts\/\d+/g, '/ARTIFACT')
      .replaceAll(/\b[\d.]+[\s\u00a0](B|kB|MB|GB)\b/g, 'SIZE')
      .replaceAll(/\b(\d+ h )?(\d+ min )?[\d.]+ s\b/g, 'LENGTH')
      // Only where one process lives through it all does anybody watch the services.
      .replace(' (LENGTH as the services were seen)', '')
  );
}
