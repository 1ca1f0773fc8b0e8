import { describe, expect, it } from '@jest/globals';
import { formatPath, printable } from '../../src/domain/problem.ts';

describe('formatPath', () => {
  it.each([
    [['roles', 'front', 'packages', 2], 'roles.front.packages[2]'],
    [['start-order', 0], 'start-order[0]'],
    [['hosts', 'one.example.org', 'roles'], 'hosts["one.example.org"].roles'],
    [['hosts', 'a\n::error::b'], 'hosts["a\\n::error::b"]'],
    [[], ''],
  ])('%j', (path, expected) => {
    expect(formatPath(path)).toBe(expected);
  });
});

describe('printable', () => {
  it('leaves no control character, and none that turns text around', () => {
    const text = printable('a\n\u001b[31m\u0085\u202e\u2028b');
    expect(text).toBe('"a\\n\\u001b[31m\\u{85}\\u{202e}\\u{2028}b"');
  });

  it('cuts what is long', () => {
    expect(printable('x'.repeat(1000), 10)).toBe('"xxxxxxxxx...');
  });
});
