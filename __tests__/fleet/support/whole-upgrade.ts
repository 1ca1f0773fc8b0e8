import { afterAll, beforeAll, describe } from '@jest/globals';
import type { LayoutName } from '../../../fleet/index.ts';
import { aDryRun } from './a-dry-run.ts';
import { aSecondRun } from './a-second-run.ts';
import { anUpgrade } from './an-upgrade.ts';
import { itsDumps } from './its-dumps.ts';
import { restoredByHand } from './restored-by-hand.ts';
import { RUN_LIMIT, Scene } from './scene.ts';

/**
 * The whole story on one fleet, in order: each part begins where the one before it ended.
 * @param more what else the fleet is wanted for, at the very end
 */
export function wholeUpgrade(layout: LayoutName, more: (scene: () => Scene) => void = () => undefined): void {
  describe(`on the layout ${layout}`, () => {
    let opened: Scene | null = null;
    const scene = (): Scene => {
      if (opened === null) {
        throw new Error('the fleet did not come up');
      }
      return opened;
    };

    beforeAll(async () => {
      opened = await Scene.open(layout);
    }, RUN_LIMIT);

    afterAll(async () => {
      await opened?.close(layout);
    }, RUN_LIMIT);

    aDryRun(scene);
    anUpgrade(scene);
    aSecondRun(scene);
    itsDumps(scene);
    restoredByHand(scene);
    more(scene);
  });
}
