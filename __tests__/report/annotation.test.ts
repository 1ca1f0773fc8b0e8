import { describe, expect, it } from '@jest/globals';
import { annotationText } from '../../src/report/annotation.ts';
import { failureOf } from '../support/report.ts';

describe('annotationText', () => {
  it('says what, where, the last five lines, the state and what to do', () => {
    const failure = failureOf({ output: '1\n2\n3\n\n4\n  5\n6\n', state: 'Half done.', next: 'Restore it.' });
    expect(annotationText(failure)).toEqual({
      title: 'web1: migrate ended with exit code 1',
      text: 'Host: web1\nCommand: migrate\nLast output:\n  2\n  3\n  4\n    5\n  6\nState: Half done.\nNext: Restore it.',
    });
  });

  it('repeats a title only when it was cut', () => {
    const what = `${'long '.repeat(40)}end`;
    const { title, text } = annotationText(failureOf({ what }));
    expect(title.length).toBeLessThanOrEqual(123);
    expect(text.split('\n')[0]).toBe(what);
  });

  it('shows some of many mistakes', () => {
    const mistake = { file: 'p.yml', line: 1, column: 1, path: '', message: 'wrong' };
    const failure = failureOf({
      mistakes: Array.from({ length: 9 }, () => mistake),
      host: null,
      command: null,
      output: '',
    });
    expect(annotationText(failure).text).toBe(`${'p.yml:1:1: wrong\n'.repeat(5)}... and 4 more`);
  });

  it('always has a title and a text', () => {
    const failure = failureOf({ what: '\u001b[31m\n', host: null, command: null, output: '' });
    expect(annotationText(failure)).toEqual({ title: 'The upgrade failed', text: 'The upgrade failed' });
  });
});
