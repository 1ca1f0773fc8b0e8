import { describe, expect, it } from '@jest/globals';
import { plainAddress, withPort } from '../../src/domain/address.ts';

describe('plainAddress', () => {
  it.each([
    ['::1', '::1'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:0DB8::0001', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:0201', '192.0.2.1'],
    ['fe80:0::1%eth0', 'fe80::1%eth0'],
    ['192.0.2.1', '192.0.2.1'],
    ['Web1.Example.org', 'web1.example.org'],
  ])('writes %s as %s', (address, plain) => {
    expect(plainAddress(address)).toBe(plain);
  });
});

describe('withPort', () => {
  it.each([
    ['web1', 'web1:22'],
    ['192.0.2.1', '192.0.2.1:22'],
    ['2001:db8::1', '[2001:db8::1]:22'],
    ['fe80::1%eth0', '[fe80::1%eth0]:22'],
  ])('joins %s and its port', (address, joined) => {
    expect(withPort(address, 22)).toBe(joined);
  });
});
