import { afterAll, beforeAll } from '@jest/globals';
import type { Fleet, LayoutName } from '../../../fleet/index.ts';
import { Operator } from '../../../fleet/operator.ts';
import { freshFleet, takeDown } from './fresh-fleet.ts';

/** Milliseconds that a test may take: many runs, on a machine that may have other work. */
export const FAULT_LIMIT = 900_000;

/** A fleet with its operator, up while the tests of the enclosing `describe` run. */
export interface FaultStage {
  readonly fleet: Fleet;
  readonly operator: Operator;
}

export function faultStage(layout: LayoutName): FaultStage {
  let up: FaultStage | undefined;
  const standing = (): FaultStage => {
    if (up === undefined) {
      throw new Error(`the fleet ${layout} is not up`);
    }
    return up;
  };
  beforeAll(async () => {
    const fleet = await freshFleet(layout);
    up = { fleet, operator: await Operator.hire(fleet) };
  }, FAULT_LIMIT);
  afterAll(async () => {
    await up?.operator[Symbol.asyncDispose]();
    await takeDown(layout);
  }, FAULT_LIMIT);
  return {
    get fleet() {
      return standing().fleet;
    },
    get operator() {
      return standing().operator;
    },
  };
}
