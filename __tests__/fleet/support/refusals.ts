import { expect } from '@jest/globals';
import type { UpgradeRequest, UpgradeRun } from '../../../fleet/operator.ts';
import type { Undo } from '../../../fleet/undo.ts';
import type { FaultStage } from './fault-stage.ts';
import { hostsThat } from './host-journal.ts';
import { expectTold, type Told } from './told-failure.ts';
import { expectUntouched } from './untouched.ts';

/** What is wrong while an upgrade is tried, and what it then has to say. */
export interface Refusal extends Omit<Told, 'outcome' | 'state'> {
  readonly make?: () => Promise<Undo>;
  readonly request?: UpgradeRequest;
  /** Hosts that cannot be looked at meanwhile. */
  readonly away?: readonly string[];
  /** Looks further, while it is still wrong. */
  readonly also?: (run: UpgradeRun) => Promise<void> | void;
}

/** Tries an upgrade while something is wrong: it is refused in words, and no host is touched. */
export async function expectRefused({ fleet, operator }: FaultStage, refusal: Refusal): Promise<void> {
  const { make, request = {}, away = [], also = () => undefined, ...told } = refusal;
  const undo = (await make?.()) ?? (async () => undefined);
  try {
    const run = await expectUntouched(fleet, () => operator.upgrade(request), away);
    expectTold(run, { outcome: 'refused', state: /This run changed nothing|Nothing was changed/, ...told });
    expect(run.outputs).toMatchObject({ outcome: 'refused', 'upgrade-id': '', dumps: '[]' });
    await also(run);
  } finally {
    await undo();
  }
  expect(await hostsThat(fleet, 'locked')).toEqual([]);
}
