import * as core from '@actions/core';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ActionsLog } from '../../src/adapters/actions-log.ts';
import { openLog } from '../../src/adapters/log.ts';
import type { Log } from '../../src/ports.ts';

let printed: string;

/** Everything that goes to standard output while a test runs, as the runner would read it. */
beforeEach(() => {
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

function lines(): string[] {
  return printed.split('\n').slice(0, -1);
}

describe.each([
  ['in a workflow', 'true'],
  ['outside', undefined],
])('the log %s', (_, actions) => {
  let log: Log;

  beforeEach(() => {
    log = openLog({ GITHUB_ACTIONS: actions });
  });

  it('shows what a host prints behind its name, on one line each', () => {
    log.host('web1', 'all is well');
    log.host('web1', 'one\rtwo\nthree');
    expect(lines()).toEqual(['web1 │ all is well', 'web1 │ one', 'web1 │ two', 'web1 │ three']);
  });

  it.each([
    ['::error::x', ': :error::x'],
    ['  \u00a0::set-output name=a::b', '  \u00a0: :set-output name=a::b'],
    ['see ##[group]x', 'see ## [group]x'],
    ['#\u001b[0m#[error]x', '## [error]x'],
    [':\u001b[31m:error::x', ': :error::x'],
  ])('makes no workflow command of %j', (text, shown) => {
    log.info(text);
    expect(lines()).toEqual([shown]);
  });

  it('shows control characters and removes terminal sequences', () => {
    log.host('web1', 'a\u0000b\u0007c\u001b[1;31mred\u001b[0m\u001b]0;title\u0007d\u0008\u009b\u202eend\tx');
    expect(lines()).toEqual(['web1 │ a␀b␇credd␈��end\tx']);
  });

  it('cuts a long line and says how much', () => {
    log.host('web1', 'ž'.repeat(2010));
    expect(lines()).toEqual([`web1 │ ${'ž'.repeat(2000)} … (and 20 more bytes)`]);
  });

  it('shows no secret, nor a line of one, nor the part of one at a cut', () => {
    log.mask('hunter2');
    log.mask('first line of key\nsecond line of key\n==\n');
    printed = '';
    log.info('the password is hunter2');
    log.host('web1', 'second line of key and == and hunter2');
    log.warning('first line of key');
    log.error('hunter2 failed', 'because of\nhunter2');
    log.group('with hunter2');
    log.host('web1', `${'x'.repeat(1996)}hunter2`);
    expect(printed).not.toMatch(/hunter|line of key/);
    expect(printed).toContain('*** and == and ***');
  });

  it('ignores an empty mask', () => {
    log.mask('');
    printed = '';
    log.info('plain');
    expect(lines()).toEqual(['plain']);
  });
});

describe('the log in a workflow', () => {
  let log: Log;

  beforeEach(() => {
    log = new ActionsLog(core);
  });

  it('registers each line of a secret with the runner', () => {
    log.mask('one one\ntwo two\n');
    log.mask('one one');
    expect(lines().filter((line) => line.startsWith('::add-mask::'))).toEqual([
      '::add-mask::one one%0Atwo two%0A',
      '::add-mask::one one%0Atwo two',
      '::add-mask::one one',
      '::add-mask::two two',
    ]);
  });

  it('groups, and makes one annotation of one error', () => {
    log.group('web1: install');
    log.endGroup();
    log.error('install: failed, 100%', 'line one\nline two ::x::');
    log.notice('look\nhere');
    log.warning('careful');
    expect(lines()).toEqual([
      '::group::web1: install',
      '::endgroup::',
      '::error title=install%3A failed%2C 100%25::line one%0Aline two ::x::',
      '::notice::look%0Ahere',
      '::warning::careful',
    ]);
  });
});

describe('the log outside a workflow', () => {
  it('is plain text', () => {
    const log = openLog({});
    log.group('install');
    log.info('working');
    log.endGroup();
    log.notice('look');
    log.warning('careful\nplease');
    log.error('failed', 'why');
    expect(lines()).toEqual([
      '── install',
      'working',
      '',
      'note: look',
      'warning: careful',
      'warning: please',
      'error: failed',
      'error: why',
    ]);
  });
});

describe('annotations', () => {
  it('are ten of a kind: the tenth says that there may be more, and those are lines of the log', () => {
    const log = new ActionsLog(core);
    for (let index = 1; index <= 12; index += 1) {
      log.warning(`number ${index}`);
    }
    log.error('title', 'why');
    expect(lines().slice(8)).toEqual([
      '::warning::number 9',
      '::warning::number 10%0A(No more of these are shown here: further ones stand in the log of this step.)',
      'warning: number 11',
      'warning: number 12',
      '::error title=title::why',
    ]);
  });

  it('beyond the tenth are as harmless as the others', () => {
    const log = new ActionsLog(core);
    for (let index = 1; index <= 11; index += 1) {
      log.error('title', '::error::x\n::error::y');
    }
    expect(lines().slice(10)).toEqual(['error: title: : :error::x', ': :error::y']);
  });
});
