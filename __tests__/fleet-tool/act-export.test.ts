import { describe, expect, it } from '@jest/globals';
import { awaiting, selfNamed, unqueued } from '../../fleet/act/export.ts';

describe('an export for act', () => {
  it('names this project where a workflow says that it is its own, and nowhere else', () => {
    const text =
      '# uses: $/x\n    uses: $/.github/workflows/a.yml\n      - uses: $/actions/b # c\n      - run: echo $/d\n';
    expect(selfNamed(text)).toBe(
      '# uses: $/x\n    uses: OWNER/synnefo-upgrade/.github/workflows/a.yml@v0\n      - uses: OWNER/synnefo-upgrade/actions/b@v0 # c\n      - run: echo $/d\n',
    );
  });

  it('leaves out what act takes for a mistake', () => {
    const job = (queue: string) =>
      `    concurrency:\n      group: a\n${queue}    steps:\n      - run: echo queue: max\n`;
    expect(unqueued(job('      queue: max\n'))).toBe(job(''));
  });

  it('waits for a file in the job that reviewers let go', () => {
    const job = (environment: string) =>
      `  job:\n    environment: \${{ inputs.environment }}${environment}\n    needs: x\n    steps:\n      - run: a\n`;
    expect(awaiting(job(''), '/approved')).toContain(
      "[ -e '/approved' ]; do sleep 0.1; done\n      - run: a\n",
    );
    expect(awaiting(job('-plan'), '/approved')).toBe(job('-plan'));
  });
});
