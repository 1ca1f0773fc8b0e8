import { delay } from '../../../fleet/faults.ts';
import type { UpgradeRequest, UpgradeRun } from '../../../fleet/operator.ts';
import { packagesOn } from '../../../fleet/oracle.ts';
import type { FaultStage } from './fault-stage.ts';
import { allSteps, type RecordedDump, recordedDumps } from './host-journal.ts';
import { LiveRun } from './live-run.ts';

/** A run that was killed, and what stood on the hosts at that moment. */
export interface Death {
  readonly run: UpgradeRun;
  /** dpkg's word for the package whose postinst ran, with its version. */
  readonly state: string | undefined;
  /** `host id state` of every step. */
  readonly steps: readonly string[];
  readonly dumps: readonly RecordedDump[];
}

/** Seconds after which a postinst ends that nobody lets go. */
const LONG = 300;

const GROUP = 'install-packages: install the packages';

/**
 * Kills a run, without a `post`, while the postinst of a package runs on a host, and lets that end once the next
 * attempt follows apt there.
 */
export async function killedInPostinst(
  { fleet, operator }: FaultStage,
  host: string,
  name: string,
  request: UpgradeRequest,
): Promise<{ readonly death: Death; readonly run: UpgradeRun }> {
  const undo = await delay(fleet, host, 'postinst', LONG);
  const live = new LiveRun(operator, { ...request, post: false });
  await live.reached({
    group: GROUP,
    words: `${host} │ Setting up ${name} `,
  });
  live.kill('SIGKILL');
  const death = {
    run: await live.ended,
    state: (await packagesOn(fleet, host))[name],
    steps: await allSteps(fleet),
    dumps: await recordedDumps(fleet, 'before'),
  };
  const next = new LiveRun(operator, request);
  await next.reached({ group: GROUP, words: `${host}: apt-get install runs already; following it` });
  await undo();
  return { death, run: await next.ended };
}
