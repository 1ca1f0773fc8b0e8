import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CancelledError,
  ConfigurationError,
  HostKeyError,
  TimeLimitError,
  UnreachableError,
  UpgradeError,
} from '../../src/domain/errors.ts';
import { explainFailure } from '../../src/report/failure.ts';

const nothing = { mistakes: [], host: null, command: null, output: '', state: '', next: '' };

describe('explainFailure', () => {
  it('takes over what an UpgradeError knows', () => {
    const details = { host: 'web1', command: 'migrate', output: 'no', state: 'Half.', next: 'Restore.' };
    expect(explainFailure(new UpgradeError('it failed', details))).toEqual({
      what: 'it failed',
      mistakes: [],
      ...details,
    });
  });

  it('says once that a run was cancelled, in however many lanes', () => {
    const cancelled = new CancelledError('SIGINT');
    const lanes = new AggregateError([cancelled, new AggregateError([cancelled, cancelled])], 'two failed');
    expect(explainFailure(lanes)).toEqual({ what: 'the run was cancelled (SIGINT)', ...nothing });
  });

  it('tells a cause that says something more, and no other', () => {
    const cause = new Error('disk full', { cause: new Error('no space') });
    expect(explainFailure(new UpgradeError('failed', {}, { cause })).what).toBe(
      'failed\nbecause of: disk full\nbecause of: no space',
    );
    expect(
      explainFailure(new UpgradeError('failed: disk full', { output: 'no space' }, { cause })).what,
    ).toBe('failed: disk full');
  });

  it('ends with causes that go in a circle', () => {
    const error = new Error('around');
    error.cause = error;
    expect(explainFailure(error).what).toBe('around');
  });

  it('lists the mistakes of files once', () => {
    const mistakes = [{ file: 'plan.yml', line: 1, column: 2, path: 'roles', message: 'found nothing' }];
    expect(explainFailure(new ConfigurationError('one mistake in the plan', mistakes))).toEqual({
      ...nothing,
      what: 'one mistake in the plan',
      mistakes,
      state: 'This run changed nothing.',
      next: 'Correct this and run the same again.',
    });
  });

  it('tells the first of several at length and the others in a line each', () => {
    const first = new UpgradeError('web1 failed', { host: 'web1', next: 'Look.' });
    const several = new AggregateError(
      [first, new AggregateError([new Error('two\nmore'), 'three'])],
      '3 failed at the same time',
    );
    expect(explainFailure(several)).toEqual({
      ...nothing,
      what: 'web1 failed\n3 failed at the same time; besides this:\n- two\n- three',
      host: 'web1',
      next: 'Look.',
    });
  });

  it('takes a single error out of its wrapping', () => {
    expect(explainFailure(new AggregateError([new Error('only')], '1 failed')).what).toBe('only');
  });

  it.each([
    [new HostKeyError('another key'), /pin it/],
    [new UnreachableError('no answer'), /reached/],
    [new TimeLimitError('too long'), /followed to its end/],
  ])('advises on %s', (error, next) => {
    const failure = explainFailure(error);
    expect(failure.what).toBe(error.message);
    expect(failure.next).toMatch(next);
  });

  it('names the kind of an error that is not ours', () => {
    expect(explainFailure(new TypeError('x is undefined')).what).toBe('TypeError: x is undefined');
  });

  it('has words for whatever is thrown', () => {
    fc.assert(fc.property(fc.anything(), (thrown) => explainFailure(thrown).what !== ''));
  });
});
