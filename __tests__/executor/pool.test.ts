import { describe, expect, it } from '@jest/globals';
import { forEachParallel, mapParallel } from '../../src/executor/pool.ts';

describe('forEachParallel', () => {
  it('runs so many at once, and no more', async () => {
    let running = 0;
    let most = 0;
    await forEachParallel(
      [1, 2, 3, 4, 5, 6, 7],
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
      },
      3,
    );
    expect(most).toBe(3);
  });

  it('throws the only failure as it is', async () => {
    const failure = new Error('one');
    const work = forEachParallel([1, 2], async (item) => {
      if (item === 2) {
        throw failure;
      }
    });
    await expect(work).rejects.toBe(failure);
  });

  it('throws all failures that came at the same time', async () => {
    const work = forEachParallel(['a', 'b', 'c'], async (item) => {
      await new Promise(setImmediate);
      if (item !== 'b') {
        throw new Error(item);
      }
    });
    await expect(work).rejects.toMatchObject({
      errors: [{ message: 'a' }, { message: 'c' }],
    });
  });

  it('starts nothing after a failure, and lets what runs come to its end', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = forEachParallel(
      [1, 2, 3, 4],
      async (item) => {
        begun.push(item);
        if (item === 1) {
          throw new Error('first');
        }
        await new Promise(setImmediate);
        ended.push(item);
      },
      2,
    );
    await expect(work).rejects.toThrow('first');
    expect(begun).toEqual([1, 2]);
    expect(ended).toEqual([2]);
  });

  it('has nothing to do for nobody', async () => {
    await expect(
      forEachParallel([], async () => Promise.reject(new Error('never'))),
    ).resolves.toBeUndefined();
  });
});

describe('mapParallel', () => {
  it('has the results in the order of the items, whichever came first', async () => {
    const results = await mapParallel([30, 1, 10], async (ticks) => {
      for (let tick = 0; tick < ticks; tick += 1) {
        await new Promise(setImmediate);
      }
      return `after ${ticks}`;
    });
    expect([...results]).toEqual([
      [30, 'after 30'],
      [1, 'after 1'],
      [10, 'after 10'],
    ]);
  });

  it('has no result when one failed', async () => {
    await expect(mapParallel([1], async () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  });
});
