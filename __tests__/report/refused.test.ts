import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../src/domain/errors.ts';
import { refusedReport } from '../../src/report/refused.ts';
import { renderSummary } from '../../src/report/summary.ts';

describe('refusedReport', () => {
  it('tells the mistakes of a file, and that nothing was changed', () => {
    const mistake = { file: 'plan.yml', line: 3, column: 5, path: 'roles', message: 'found nothing' };
    const report = refusedReport('shop', new ConfigurationError('the plan has a mistake', [mistake]));
    expect(report).toMatchObject({ outcome: 'refused', upgrade: null, failure: { mistakes: [mistake] } });
    const text = renderSummary(report);
    expect(text).toContain('shop: 🛑 refused');
    expect(text).toContain('the plan has a mistake');
    expect(text).toContain('This run changed nothing.');
  });
});
