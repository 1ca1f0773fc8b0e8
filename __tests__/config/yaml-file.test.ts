import { describe, expect, it } from '@jest/globals';
import { readYaml } from '../../src/config/yaml-file.ts';
import { formatMistake } from '../../src/domain/errors.ts';
import { wrong, wrongKey } from '../../src/domain/problem.ts';

const mistakes = (text: string) => readYaml(text, 'f.yml').mistakes.map(formatMistake);

describe('readYaml', () => {
  it('reads YAML 1.2, where no is a word', () => {
    const { value, mistakes: none } = readYaml('a: no\nb: [1, ~, true]\n', 'f.yml');
    expect({ value, none }).toEqual({ value: { root: { a: 'no', b: [1, null, true] } }, none: [] });
  });

  it.each([
    ['a:\n\t- b\n', 'f.yml:2:1: Tabs are not allowed as indentation'],
    [
      'a: [1, 2\n',
      'f.yml:2:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a: !!set {x}\nb: !run x\n', 'f.yml:2:4: Unresolved tag: !run'],
    ['%YAML 1.1\n---\na: no\n', 'f.yml:1:1: found YAML 1.1, expected YAML 1.2 (leave the directive out)'],
    ['a: *b\n', 'f.yml:1:4: no anchor &b stands before this alias'],
    ['a: &b [1, *b]\n', 'f.yml:1:11: the alias *b stands within what it means'],
  ])('has no value for %j', (text, expected) => {
    expect(readYaml(text, 'f.yml').value).toBeNull();
    expect(mistakes(text)).toContain(expected);
  });

  it('says it of a second document', () => {
    expect(mistakes('a: 1\n---\nb: 2\n')[0]).toMatch(/^f\.yml:2:1: .*multiple documents/);
  });

  it('refuses an alias bomb before it is made', () => {
    const levels = Array.from(
      { length: 20 },
      (_, i) => `k${i + 1}: &k${i + 1} [${Array(9).fill(`*k${i}`).join(', ')}]`,
    );
    expect(mistakes(['k0: &k0 [lol]', ...levels].join('\n'))).toEqual([
      'f.yml:3:45: found more than 16 aliases, expected the values themselves',
    ]);
  });

  it('allows a few aliases, and does not share what they repeat', () => {
    const root = readYaml('a: &x {n: [1]}\nb: *x\n', 'f.yml').value?.root as { a: object; b: object };
    expect(root).toEqual({ a: { n: [1] }, b: { n: [1] } });
    expect(root.a).not.toBe(root.b);
  });

  it('refuses keys that are there twice and keeps the first', () => {
    const { value } = readYaml('a: 1\nb: {c: 1, c: 2}\na: 2\n', 'f.yml');
    expect(value).toEqual({ root: { a: 1, b: { c: 1 } } });
    expect(mistakes('a: 1\nb: {c: 1, c: 2}\n"a": 2\n')).toEqual([
      'f.yml:3:1: the key "a" is here twice',
      'f.yml:2:11: the key "c" is here twice',
    ]);
  });

  it('refuses keys that are no words', () => {
    expect(mistakes('? [a]\n: 1\n')).toEqual(['f.yml:1:3: expected a plain key']);
    expect(mistakes('__proto__: {x: 1}\n')).toEqual(['f.yml:1:1: the key "__proto__" is not possible']);
  });

  it('looks at twenty thousand keys at once', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n');
    expect(mistakes(`${text}\nk7: 1\n`)).toEqual(['f.yml:20001:1: the key "k7" is here twice']);
  });

  it('looks at twenty thousand aliases no longer than it must', () => {
    expect(mistakes(`a: &a 1\nb: [${Array(20_000).fill('*a').join(', ')}]\n`)).toEqual([
      'f.yml:2:69: found more than 16 aliases, expected the values themselves',
    ]);
  });

  it.each(['[', '- ', '{a: ', '? '])('says that many %j are nested too deeply', (opening) => {
    expect(mistakes(opening.repeat(5000)).join()).toContain('nested too deeply');
  });

  it('shows a hostile name of a file on one line', () => {
    expect(readYaml('[', 'a\n::error::b').mistakes[0]?.file).toBe('a\\n::error::b');
  });
});

describe('the place of a problem', () => {
  const text = ['a: &x', '  b: [1, 22]', 'c:', '  d: *x', ''].join('\n');
  const file = readYaml(text, 'f.yml');
  const at = (problem: ReturnType<typeof wrong>) => {
    const { line, column, path } = file.locate(problem);
    return `${line}:${column} ${path}`;
  };

  it('is the value, or the key', () => {
    expect(at(wrong(['a', 'b', 1], ''))).toBe('2:10 a.b[1]');
    expect(at(wrongKey(['a', 'b'], ''))).toBe('2:3 a.b');
    expect(at(wrong(['a', 'b'], ''))).toBe('2:6 a.b');
  });

  it('is the last key that is there for what is missing', () => {
    expect(at(wrongKey(['a', 'zzz'], ''))).toBe('1:1 a.zzz');
    expect(at(wrongKey(['zzz'], ''))).toBe('1:1 zzz');
  });

  it('is where an alias has its value from', () => {
    expect(at(wrong(['c', 'd', 'b', 0], ''))).toBe('2:7 c.d.b[0]');
  });
});
