import type { HostFacts } from '../domain/facts.ts';
import type { HostJournal } from '../domain/journal.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import { askOk, type Runner } from '../executor/ask.ts';
import { mapParallel } from '../executor/pool.ts';
import { askPage, parsePage } from '../facts/page.ts';
import { type AskedCheck, askedChecks, holdsBefore, type Secrets } from './health.ts';

/** Seconds for a good answer, if the check gives as many: the service may have come up a moment ago. */
const WITHIN = 10;

/** Has no host begun to stop services? From then on nobody need answer. */
export function nothingStopped(journals: ReadonlyMap<string, HostJournal>): boolean {
  return [...journals.values()].every(({ steps }) =>
    [...steps.keys()].every((id) => !id.startsWith('stop-services.')),
  );
}

/**
 * Asks every health check while nothing is stopped yet: a wrong address or word would show only after the outage
 * otherwise. Reads, and changes nothing. Where a service of the role is down already, a bad answer is a warning.
 * @returns why the upgrade would be refused, each beginning with its host
 */
export async function askBefore(
  runner: Runner,
  resolved: ResolvedPlan,
  facts: ReadonlyMap<string, HostFacts>,
  secrets: Secrets,
): Promise<string[]> {
  const checks = askedChecks(resolved).flatMap((asked) => {
    const check = holdsBefore(asked.check);
    return check === null ? [] : [{ ...asked, check: { ...check, within: Math.min(check.within, WITHIN) } }];
  });
  const answers = await mapParallel(checks, async ({ host, check }) => {
    const wrong = parsePage(host, await askOk(runner, host, askPage(check, secrets)));
    return wrong === null ? null : firstLines(wrong);
  });
  return [...answers].flatMap(([asked, answer]) => {
    const down = servicesDown(resolved, facts, asked);
    if (answer === null || down.length === 0) {
      return answer === null ? [] : [refusal(asked, answer)];
    }
    runner.log.warning(
      `${asked.host}: ${down.join(', ')} is down already, and ${asked.role} does not answer at ${asked.check.http}: ${answer}`,
    );
    return [];
  });
}

/** What was wanted, the status that came, and where the body begins. */
function firstLines(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.slice(0, 4).join('\n');
}

function servicesDown(
  { plan }: ResolvedPlan,
  facts: ReadonlyMap<string, HostFacts>,
  { host, role }: AskedCheck,
): string[] {
  const known = facts.get(host)?.services ?? {};
  return (plan.roles[role]?.services ?? []).filter((service) => known[service]?.running !== true);
}

function refusal({ host, role, check: { http } }: AskedCheck, answer: string): string {
  return `${host}: ${role} runs, and does not answer at ${http} as it has to after the upgrade. Mend the check (health of the role, in the plan or in the inventory), or the service; where only the new version answers so, say "before: status" or "before: nothing" in the check.\n${answer}`;
}
