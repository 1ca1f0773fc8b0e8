import type { Fleet } from '../../../fleet/index.ts';
import type { UpgradeRun } from '../../../fleet/operator.ts';
import { eachHost, printed } from './each-host.ts';

/** Words that nobody may read: the token of the health checks, what steps get, and lines of the key that only it has. */
export function secretWords(fleet: Fleet): string[] {
  const lines = fleet.privateKey.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
  return [fleet.token, ...Object.values(fleet.plan.stack.stepSecrets), ...lines.slice(1)];
}

/** What a run of the root action has said, or a step of a chain. */
type SaidByRun = Pick<UpgradeRun, 'log' | 'summary' | 'outputs' | 'report'> &
  Partial<Pick<UpgradeRun, 'post'>>;

/** Where a secret can be read in what a run said and left on the runner; the runner itself eats `::add-mask::`. */
export function leaksOfRun(fleet: Fleet, run: SaidByRun): string[] {
  const log = `${run.log}${run.post?.log ?? ''}`
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
  const texts = {
    log,
    summary: run.summary,
    outputs: JSON.stringify(run.outputs),
    report: JSON.stringify(run.report),
  };
  return Object.entries(texts)
    .filter(([, text]) => secretWords(fleet).some((word) => text.includes(word)))
    .map(([name]) => name);
}

/**
 * Files of the hosts in which a secret can be read, by host. The copy of /etc and its difference have what the
 * host's own settings have.
 */
export async function leaksOnHosts(fleet: Fleet): Promise<Record<string, string[]>> {
  const folders = '/var/lib/synnefo-upgrade /tmp /var/tmp /var/log /root';
  const script = `grep -rlF --exclude=etc.tar --exclude=settings.diff -f - ${folders}; [ "$?" -le 1 ]`;
  return await eachHost(fleet, async (host) => {
    const files = await printed(fleet, host, script, `${secretWords(fleet).join('\n')}\n`);
    return files.split('\n').filter(Boolean);
  });
}
