import { down, type Fleet, type LayoutName, obstacle, up } from '../../../fleet/index.ts';
import { defaultName } from '../../../fleet/paths.ts';

/** Test files that run beside each other need fleets of different names, those of two checkouts as well. */
const NAME = `${defaultName()}-test-${process.env.JEST_WORKER_ID ?? '1'}`;

/** A fleet at 0.15 that nobody touched yet. @throws Error in one line where no fleet can run */
export async function freshFleet(layout: LayoutName): Promise<Fleet> {
  const why = obstacle();
  if (why !== undefined) {
    throw new Error(`${why}; set FLEET=skip to leave these tests out`);
  }
  return await up({ layout, name: NAME });
}

/** A second fleet of the same layout beside the first one. */
export async function fleetBeside(layout: LayoutName): Promise<Fleet & AsyncDisposable> {
  const name = `${NAME}-b`;
  const fleet = await up({ layout, name });
  return Object.assign(fleet, { [Symbol.asyncDispose]: () => down({ layout, name }) });
}

export async function takeDown(layout: LayoutName): Promise<void> {
  await down({ layout, name: NAME });
}
