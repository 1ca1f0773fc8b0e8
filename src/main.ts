import { actions } from './actions/registry.ts';
import { runAction } from './actions/run.ts';

/**
 * The one entry of the bundle: every action's stub calls it.
 * @throws Error for a name that is no action's
 */
export async function run(action: string, stage: 'main' | 'post'): Promise<void> {
  const load = actions[action];
  if (load === undefined) {
    throw new Error(`there is no action named ${action}`);
  }
  const { [stage]: work } = await load();
  if (work === undefined) {
    throw new Error(`the action ${action} has no ${stage}`);
  }
  await runAction(work);
}
