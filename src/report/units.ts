const SIZES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.4 MB`: decimal units, three digits that count. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) {
    return 'unknown size';
  }
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), SIZES.length - 1);
  const value = bytes / 1000 ** power;
  const digits = power === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${SIZES[power]}`;
}

/** `0.4 s`, `12.3 s`, `2 min 5 s`, `1 h 2 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) {
    return 'unknown';
  }
  if (seconds < 59.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** `2026-11-23T17:59:55Z`. @param milliseconds since 1970 */
export function formatTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? 'unknown' : time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** `1,234,567`. */
export function formatNumber(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en-US') : 'unknown';
}

/** `1 package`, `2 packages`. */
export function count(number: number, thing: string, things = `${thing}s`): string {
  return `${formatNumber(number)} ${number === 1 ? thing : things}`;
}

/** The first names and how many more there are: `a, b and 3 more`. */
export function some(names: readonly string[], most = 8): string {
  const rest = names.length - most;
  return rest <= 1 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${rest} more`;
}
