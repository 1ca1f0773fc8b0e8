import { describe, expect, it } from '@jest/globals';
import { jumpOf } from '../../src/domain/jump.ts';
import { aHost } from './examples.ts';

function through(jump: string) {
  return jumpOf({ hosts: { one: aHost({ jump }), gw: aHost() } }, 'one');
}

describe('jumpOf', () => {
  it('knows a host of the inventory', () => {
    expect(through('gw')).toEqual({ kind: 'host', name: 'gw' });
  });

  it.each([
    ['gate.example.org', 'gate.example.org', 22, null],
    ['me@gate:2222', 'gate', 2222, 'me'],
    ['me@[2001:db8::1]:2222', '2001:db8::1', 2222, 'me'],
    ['192.0.2.1', '192.0.2.1', 22, null],
  ])('reads %s', (text, address, port, user) => {
    expect(through(text)).toEqual({ kind: 'address', address, port, user });
  });

  it('is null without one, and refuses what no schema let in', () => {
    expect(jumpOf({ hosts: { one: aHost() } }, 'one')).toBeNull();
    expect(() => through('-oProxyCommand=x')).toThrow(RangeError);
  });
});
