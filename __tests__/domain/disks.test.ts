import { describe, expect, it } from '@jest/globals';
import { disksOf, doubtDisks, judgeDisks, RESERVE } from '../../src/domain/disks.ts';

const folder = (path: string, bytes: number, device: string, free: number) => ({
  path,
  bytes,
  free: { bytes: free, device },
});

describe('disksOf', () => {
  it('adds up what is needed in folders that share a file system', () => {
    const folders = [folder('/var/a', 10, 'x', 100), folder('/usr', 20, 'y', 50), folder('/b', 5, 'x', 100)];
    expect(disksOf('one', folders)).toEqual([
      { host: 'one', folders: ['/var/a', '/b'], freeBytes: 100, needBytes: 15, estimated: false },
      { host: 'one', folders: ['/usr'], freeBytes: 50, needBytes: 20, estimated: false },
    ]);
  });

  it('leaves room for the database server where it has its data', () => {
    const folders = [folder('/a', 10, 'x', 100), folder('/b', 10, 'y', 100)];
    expect(disksOf('one', folders, { served: new Set(['y']) }).map(({ needBytes }) => needBytes)).toEqual([
      10,
      10 + RESERVE,
    ]);
  });

  it('goes by the less free of two looks at one file system', () => {
    expect(disksOf('one', [folder('/a', 1, 'x', 9), folder('/b', 1, 'x', 8)])).toMatchObject([
      { freeBytes: 8 },
    ]);
  });
});

describe('judgeDisks and doubtDisks', () => {
  const disk = (freeBytes: number, needBytes: number, estimated = false) => ({
    host: 'one',
    folders: ['/a', '/b'],
    freeBytes,
    needBytes,
    estimated,
  });

  it('refuses a disk that is too small, rounded so that it looks like that', () => {
    expect(judgeDisks([disk(10e6 - 1, 10e6), disk(10e6, 10e6), disk(0, 0)])).toEqual([
      'one: too little room on the disk of /a, /b: 10 MB are needed, and 9 MB are free; make room there, or let it have a larger one',
    ]);
    expect(doubtDisks([disk(10e6 - 1, 10e6), disk(10e6, 10e6)])).toEqual([]);
  });

  it('refuses by an estimate only what no dump would fit into, and has doubts about the rest', () => {
    const disks = [disk(1e6 - 1, 10e6, true), disk(1e6, 10e6, true), disk(10e6, 10e6, true)];
    expect(judgeDisks(disks)).toEqual([
      'one: too little room on the disk of /a, /b: at least 1 MB are needed, and 0 MB are free; make room there, or let it have a larger one',
    ]);
    expect(doubtDisks(disks)).toEqual([
      'one: there may be too little room on the disk of /a, /b: about 10 MB are needed, and 1 MB are free',
    ]);
  });
});
