import { describe, expect, it } from '@jest/globals';
import {
  count,
  formatBytes,
  formatDuration,
  formatNumber,
  formatTime,
  some,
} from '../../src/report/units.ts';

describe('units', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [12_345, '12.3 kB'],
    [123_456_789, '123 MB'],
    [9_999, '10.0 kB'],
    [5e15, '5.00 PB'],
    [5e18, '5000 PB'],
    [-1, 'unknown size'],
    [Number.NaN, 'unknown size'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0.04, '0.0 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 0 s'],
    [125, '2 min 5 s'],
    [3599.6, '1 h 0 min'],
    [3725, '1 h 2 min'],
    [Number.POSITIVE_INFINITY, 'unknown'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('writes times in UTC', () => {
    expect(formatTime(Date.UTC(2026, 10, 23, 17, 59, 55, 120))).toBe('2026-11-23T17:59:55Z');
    expect(formatTime(1e300)).toBe('unknown');
  });

  it('counts', () => {
    expect(count(1, 'host')).toBe('1 host');
    expect(count(1234, 'host')).toBe('1,234 hosts');
    expect(formatNumber(Number.NaN)).toBe('unknown');
  });

  it('names some and counts the rest, but never only one', () => {
    expect(some(['a', 'b', 'c'], 2)).toBe('a, b, c');
    expect(some(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  });
});
