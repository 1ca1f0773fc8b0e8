import net, { type NetConnectOpts } from 'node:net';
import { expect, it, jest } from '@jest/globals';
import { KnownHosts } from '../../src/adapters/known-hosts.ts';
import { RecordingLog } from '../support/recording-log.ts';

/** What every socket was asked for. */
const asked: NetConnectOpts[] = [];

jest.unstable_mockModule('node:net', () => ({
  ...net,
  connect: (options: NetConnectOpts) => {
    asked.push(options);
    return net.connect(options);
  },
}));

it('sends at once what is there to send, and hears of a peer that is gone', async () => {
  const { dial } = await import('../../src/adapters/ssh-dial.ts');
  const options = {
    knownHosts: '',
    log: new RecordingLog(),
    connectTimeout: 5000,
    keepaliveInterval: 1000,
    keepaliveCount: 3,
  };
  // Nobody listens there; what the socket is made of is known by then.
  const target = { name: 'one', address: '127.0.0.1', port: 1, user: 'root' };
  await expect(
    dial(target, { credentials: {} as never, knownHosts: new KnownHosts(''), options }),
  ).rejects.toThrow('one (root@127.0.0.1:1) cannot be reached');
  expect(asked).toEqual([{ host: '127.0.0.1', port: 1, noDelay: true, keepAlive: true }]);
});
