import { describe, expect, it } from '@jest/globals';
import { parseEnd, parseJournal } from '../../src/domain/journal.ts';

function field(name: string, text: string): string {
  return `${name}\t${Buffer.from(text).toString('base64')}\n`;
}

const owner = { key: 'k', run: 'r', actor: 'a', link: 'l', since: 7, process: null };

describe('parseJournal', () => {
  it('reads an empty journal', () => {
    expect(parseJournal('one', '')).toEqual({
      epoch: 0,
      lock: null,
      current: null,
      plan: null,
      steps: new Map(),
      records: new Map(),
    });
  });

  it('reads lock, upgrade, plan, steps and records', () => {
    const text = [
      field('epoch', '4\n'),
      field('lock-id', 'l1\n'),
      field('lock-owner', JSON.stringify(owner)),
      field('current', 'u1\n'),
      field('plan', '{"a":\t1}\n'),
      'step\tmigrate.a.0\tended 3 1700000000.5 1700000001.25 \n',
      'step\tmigrate.a.1\trunning\n',
      'step\tmigrate.a.2\tdied\n',
      'step\tmigrate.a.3\tunborn\n',
      field('record dump.a.before', '{"ü": 1}'),
    ].join('');
    expect(parseJournal('one', text)).toEqual({
      epoch: 4,
      lock: { id: 'l1', owner },
      current: 'u1',
      plan: '{"a":\t1}\n',
      steps: new Map([
        [
          'migrate.a.0',
          {
            state: { kind: 'ended', rc: 3, started: 1_700_000_000_500, ended: 1_700_000_001_250 },
          },
        ],
        ['migrate.a.1', { state: { kind: 'running' } }],
        ['migrate.a.2', { state: { kind: 'died' } }],
        ['migrate.a.3', { state: { kind: 'unborn' } }],
      ]),
      records: new Map([['dump.a.before', '{"ü": 1}']]),
    });
  });

  it('names host and line of what it does not understand', () => {
    expect(() => parseJournal('one', 'what is this\n')).toThrow('the journal of one has a line');
    expect(() => parseJournal('one', 'step\ta\tflying\n')).toThrow('not understood: flying');
    expect(() => parseJournal('one', 'step\ta\tended 0 soon later\n')).toThrow('not understood');
    expect(() => parseJournal('one', 'step\ta\t-\trunning\n')).toThrow('not understood');
  });
});

describe('parseEnd', () => {
  it('reads exit code and times', () => {
    expect(parseEnd('0 10.5 11')).toEqual({ kind: 'ended', rc: 0, started: 10_500, ended: 11_000 });
  });

  it.each(['', '0', '0 10', '-1 10 11', '0 10 11 12', 'x 10 11', '0 10 eleven'])('refuses %j', (text) => {
    expect(parseEnd(text)).toBeNull();
  });
});
