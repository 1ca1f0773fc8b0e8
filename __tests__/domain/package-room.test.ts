import { describe, expect, it } from '@jest/globals';
import { packageRoom } from '../../src/domain/package-room.ts';
import { parseTransaction } from '../../src/domain/transaction.ts';

/** A record of a package list (with `size`), or of dpkg. */
const record = (name: string, version: string, kilobytes: number | string, size?: number): string =>
  [
    `Package: ${name}`,
    `Version: ${version}`,
    'Architecture: all',
    ...(size === undefined ? [] : [`Size: ${size}`]),
    ...(kilobytes === '' ? [] : [`Installed-Size: ${kilobytes}`]),
    '',
    '',
  ].join('\n');

function roomOf(...parts: readonly string[]): { download: number; unpack: number } {
  const said = parts.join('\n');
  return packageRoom(parseTransaction(said), said);
}

describe('packageRoom', () => {
  it('is what packages grow by, and the largest of them beside its old files', () => {
    const inst = 'Inst a [1] (2 shop [all])\nInst b (1 shop [all])\nInst c [1] (2 shop [all])\n';
    const coming = [record('a', '2', 300, 1000), record('b', '1', 50, 200), record('c', '2', 10, 30)];
    const installed = [record('a', '1', 100), record('c', '1', 900)];
    expect(roomOf(inst, ...coming, ...installed)).toEqual({
      download: 1230,
      unpack: (200 + 50 + 300) * 1024,
    });
  });

  it('takes the .deb for the least where its maker did not count', () => {
    expect(roomOf('Inst a (2 shop [all])\n', record('a', '2', '', 5000))).toEqual({
      download: 5000,
      unpack: 10_000,
    });
  });

  it('is nothing where nothing changes, and not misled by what is no number', () => {
    expect(roomOf('')).toEqual({ download: 0, unpack: 0 });
    expect(roomOf('Inst a (2 shop [all])\n', record('a', '2', '1e9', Number.NaN))).toEqual({
      download: 0,
      unpack: 0,
    });
  });
});
