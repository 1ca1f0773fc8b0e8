import { describe, expect, it } from '@jest/globals';
import { type Progress, ProgressMeter, type ProgressOptions } from '../../src/adapters/progress.ts';

/** Adds chunks of the given lengths, one a second, and returns what was reported. */
function run(chunks: readonly number[], options: ProgressOptions): Progress[] {
  const reports: Progress[] = [];
  let now = 1_000_000;
  const meter = new ProgressMeter({
    ...options,
    now: () => now,
    onProgress: (progress) => reports.push(progress),
  });
  for (const chunk of chunks) {
    meter.add(chunk);
    now += 1000;
  }
  return reports;
}

describe('ProgressMeter', () => {
  it('reports bytes and rate no more often than asked', () => {
    const reports = run(
      Array.from({ length: 11 }, () => 100),
      { interval: 5000 },
    );
    expect(reports.map(({ bytes }) => bytes)).toEqual([600, 1100]);
    expect(reports.map(({ bytesPerSecond }) => bytesPerSecond)).toEqual([120, 110]);
  });

  it('says how long it will take when it knows how much there is', () => {
    expect(run([0, 100], { interval: 1000, expectedBytes: 500 })).toEqual([
      { bytes: 100, bytesPerSecond: 100, secondsLeft: 4 },
    ]);
  });

  it('does not guess without an estimate, nor when there is more than was expected', () => {
    expect(run([0, 100], { interval: 1000 })[0]?.secondsLeft).toBeNull();
    expect(run([0, 100], { interval: 1000, expectedBytes: 50 })[0]?.secondsLeft).toBeNull();
  });

  it('is silent with nothing to say yet', () => {
    expect(run([100], { interval: 0 })).toEqual([]);
    expect(run([0, 0], { interval: 1000, expectedBytes: 50 })[0]?.secondsLeft).toBeNull();
  });
});
