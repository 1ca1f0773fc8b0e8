import { describe, expect, it } from '@jest/globals';
import { renderLockStays } from '../../src/report/lock-stays.ts';

describe('renderLockStays', () => {
  it('names every step, says what to do, and lets no step write Markdown', () => {
    const text = renderLockStays(['db1: /var/lib/x/steps/migrate.app.0/', 'db2: **<b>bold</b>**']);
    expect(text).toContain('<code>db1&#58; /var/lib/x/steps/migrate.app.0/</code>');
    expect(text).toContain('Run this run again');
    expect(text).not.toContain('**<b>');
  });
});
