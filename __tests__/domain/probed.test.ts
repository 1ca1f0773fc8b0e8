import { describe, expect, it } from '@jest/globals';
import { probeReport, seenOf } from '../../src/domain/probed.ts';
import type { ProbedCheck } from '../../src/domain/report.ts';

const good = (at: number) => ({ at, good: true });
const bad = (at: number) => ({ at, good: false });

describe('seenOf', () => {
  it('is away from the first bad answer to the last time that it was good again', () => {
    expect(seenOf([good(0), bad(5000), good(8000), bad(9000), good(12000)], 4000)).toEqual({
      before: 'good',
      bad: 5000,
      goodAgain: 12000,
    });
  });

  it('is not back while the last answer is a bad one', () => {
    expect(seenOf([good(0), bad(5000), good(8000), bad(9000)], 4000)).toEqual({
      before: 'good',
      bad: 5000,
      goodAgain: null,
    });
  });

  it('was never away when it always answered', () => {
    expect(seenOf([good(0)], 4000)).toEqual({ before: 'good', bad: null, goodAgain: null });
  });

  it('was bad before by its last answer before the first stop', () => {
    expect(seenOf([good(0), bad(2000)], 4000).before).toBe('bad');
    expect(seenOf([bad(0), good(7000)], 4000)).toEqual({ before: 'bad', bad: null, goodAgain: 7000 });
  });

  it('was good before a bad answer that came with the stop, as far as clocks can tell', () => {
    expect(seenOf([good(0), bad(3500)], 4000)).toEqual({ before: 'good', bad: 3500, goodAgain: null });
    expect(seenOf([good(3800), bad(3900)], 4000).before).toBe('good');
  });

  it('is not known where it was asked for the first time after the first stop, or never', () => {
    expect(seenOf([bad(6000), good(9000)], 4000)).toEqual({ before: 'unknown', bad: null, goodAgain: 9000 });
    expect(seenOf([], 4000)).toEqual({ before: 'unknown', bad: null, goodAgain: null });
    expect(seenOf([good(6000)], null).before).toBe('good');
  });
});

describe('probeReport', () => {
  const check = (overrides: Partial<ProbedCheck>): ProbedCheck => ({
    host: 'web1',
    role: 'app',
    http: 'http://localhost/',
    before: 'good',
    bad: null,
    goodAgain: null,
    gaps: [],
    ...overrides,
  });
  const secondsOf = (...checks: readonly Partial<ProbedCheck>[]) => probeReport(checks.map(check)).seconds;

  it('spans the checks that went bad', () => {
    expect(secondsOf({ bad: 2000, goodAgain: 5000 }, { bad: 3000, goodAgain: 9000 }, {})).toBe(7);
  });

  it('leaves out what was bad before, or of which that is not known', () => {
    const rest = [
      { before: 'bad' as const, bad: 0 },
      { before: 'unknown' as const, goodAgain: 99_000 },
    ];
    expect(secondsOf({ bad: 2000, goodAgain: 5000 }, ...rest)).toBe(3);
    expect(secondsOf(...rest)).toBeNull();
  });

  it('is not known while one is not back, or when none went away', () => {
    expect(secondsOf({ bad: 2000, goodAgain: 5000 }, { bad: 3000 })).toBeNull();
    expect(secondsOf({})).toBeNull();
  });
});
