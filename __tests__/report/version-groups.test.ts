import { describe, expect, it } from '@jest/globals';
import { countVersions, groupVersions } from '../../src/report/version-groups.ts';

const changes = [
  { host: 'web1', package: 'app', from: '1-1', to: '2-1' },
  { host: 'web2', package: 'app', from: '1-1', to: '2-1' },
  { host: 'web3', package: 'app', from: null, to: '2-1' },
  { host: 'web1', package: 'lib', from: '1-1', to: '1-1' },
];

describe('groupVersions', () => {
  it('puts the same change on several hosts together, and drops what is no change', () => {
    expect(groupVersions(changes)).toEqual([
      { package: 'app', from: '1-1', to: '2-1', hosts: ['web1', 'web2'] },
      { package: 'app', from: null, to: '2-1', hosts: ['web3'] },
    ]);
  });

  it('counts packages and hosts once', () => {
    expect(countVersions(changes)).toEqual({ packages: 1, hosts: 3 });
  });
});
