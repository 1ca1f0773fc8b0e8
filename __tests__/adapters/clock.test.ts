import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/adapters/clock.ts';

describe('the system clock', () => {
  it('tells the time of day', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
  });

  it('sleeps at least as long as it is told', async () => {
    const before = performance.now();
    await systemClock.sleep(50);
    expect(performance.now() - before).toBeGreaterThanOrEqual(49);
  });

  it('wakes with the reason of the signal, before or during its sleep', async () => {
    const reason = new Error('cancelled');
    const controller = new AbortController();
    const asleep = systemClock.sleep(3_600_000, controller.signal);
    controller.abort(reason);
    await expect(asleep).rejects.toBe(reason);
    await expect(systemClock.sleep(3_600_000, controller.signal)).rejects.toBe(reason);
  });
});
