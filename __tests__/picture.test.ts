import { describe, expect, it } from '@jest/globals';
import { summaryPage } from '../scripts/picture/page.ts';
import { renderSummary } from '../src/report/summary.ts';
import { failureOf, reportOf, stepOf } from './support/report.ts';

describe('the page of which the picture is taken', () => {
  const steps = [stepOf()];
  const failure = failureOf({ output: 'a < b\n```mermaid' });
  const page = summaryPage(renderSummary(reportOf({ outcome: 'unfinished', steps, failure })));

  it('has the summary as GitHub shows it, with its chart left to mermaid', () => {
    expect(page).toContain('<h2>stack-2: ❌ unfinished</h2>');
    expect(page).toMatch(/<table>[\s\S]*<td>migrate<\/td>/);
    expect(page.match(/<pre class="mermaid">%%\{init/g)).toHaveLength(1);
    expect(page).toContain('<code class="language-text">a &lt; b\n```mermaid');
  });

  it('asks nothing from outside', () => {
    const [before = ''] = page.split('<script>');
    expect(before).not.toMatch(/(?:src|href)="http|@import|url\(http/);
  });
});
