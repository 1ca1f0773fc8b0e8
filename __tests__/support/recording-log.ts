import type { Log } from '../../src/ports.ts';

/** A log that remembers: every text in the order it came, and the values that were registered as secrets. */
export class RecordingLog implements Log {
  readonly lines: string[] = [];
  readonly masks: string[] = [];

  group(title: string): void {
    this.lines.push(`group: ${title}`);
  }

  endGroup(): void {
    this.lines.push('end of group');
  }

  info(text: string): void {
    this.lines.push(text);
  }

  host(host: string, line: string): void {
    this.lines.push(`${host} │ ${line}`);
  }

  notice(text: string): void {
    this.lines.push(`notice: ${text}`);
  }

  warning(text: string): void {
    this.lines.push(`warning: ${text}`);
  }

  error(title: string, text: string): void {
    this.lines.push(`error: ${title}: ${text}`);
  }

  mask(value: string): void {
    this.masks.push(value);
  }
}
