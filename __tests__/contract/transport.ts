import type { Transport } from '../../src/ports.ts';
import type { RecordingLog } from '../support/recording-log.ts';
import { inputContract } from './transport-input.ts';
import { limitsContract } from './transport-limits.ts';
import { outputContract } from './transport-output.ts';
import { secretsContract } from './transport-secrets.ts';

/** A transport to the real thing, for one test. */
export interface Opened extends AsyncDisposable {
  readonly transport: Transport;
  readonly log: RecordingLog;
}

export type Open = () => Promise<Opened>;

/** What every implementation of the port `Transport` must do. */
export function transportContract(open: Open): void {
  outputContract(open);
  inputContract(open);
  secretsContract(open);
  limitsContract(open);
}
