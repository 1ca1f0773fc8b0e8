import { afterAll, beforeAll, describe } from '@jest/globals';
import { Account } from '../support/account.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { clientOf } from '../support/ssh-client.ts';
import { Sshd } from '../support/sshd.ts';
import { transportContract } from './transport.ts';

/** The whole contract through sudo and a login shell that talks before it listens. */
describe('ssh transport', () => {
  let sshd: Sshd;
  let account: Account;

  beforeAll(async () => {
    sshd = await Sshd.start();
    account = new Account({ sudo: true });
    account.write('.bashrc', 'echo welcome; printf "no newline"; echo warning >&2; set -x\n');
  });

  afterAll(async () => {
    account[Symbol.dispose]();
    await sshd[Symbol.asyncDispose]();
  });

  transportContract(async () => {
    const log = new RecordingLog();
    const transport = clientOf(sshd, { target: { user: account.name }, options: { log } });
    return { transport, log, [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose]() };
  });
});
