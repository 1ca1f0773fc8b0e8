import { describe } from '@jest/globals';
import { connectLocal } from '../../src/adapters/local.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { transportContract } from './transport.ts';

describe('local transport', () => {
  transportContract(async () => {
    const log = new RecordingLog();
    const transport = connectLocal('this machine', log);
    return { transport, log, [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose]() };
  });
});
