import { compareSettings, parseSettings } from '../commands/settings.ts';
import type { HostFacts } from '../domain/facts.ts';
import type { Plan } from '../domain/plan.ts';
import type { Report, SettingsReport } from '../domain/report.ts';
import { hostNames, plannedServices, type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import { pendingMigrations, type SchemaAnswer } from '../domain/schema-state.ts';
import { askOk, type Runner } from '../executor/ask.ts';
import { mapParallel } from '../executor/pool.ts';
import { hasPackages } from './prepare.ts';

/** The packages that change, on every host. */
export function versionsOf(resolved: ResolvedPlan): Report['versions'] {
  return hostNames(resolved).flatMap((host) =>
    (resolvedHost(resolved, host).transaction?.changes ?? []).map(({ name, from, to }) => ({
      host,
      package: name,
      from,
      to,
    })),
  );
}

/** What ran before, and whether it runs now. @param after the hosts as they are now; null while nobody has looked */
export function servicesOf(
  resolved: ResolvedPlan,
  after: ReadonlyMap<string, HostFacts> | null,
): Report['services'] {
  return hostNames(resolved).flatMap((host) =>
    plannedServices(resolved, host).map(({ name }) => ({
      host,
      name,
      before: resolvedHost(resolved, host).running.includes(name) ? ('running' as const) : ('down' as const),
      after: stateOf(after?.get(host), name),
    })),
  );
}

function stateOf(facts: HostFacts | undefined, service: string): 'running' | 'down' | 'unknown' {
  const found = facts?.services[service];
  if (found === undefined) {
    return 'unknown';
  }
  return found.running ? 'running' : 'down';
}

/** What every role's `schema` command said before, and says now. */
export function schemasOf(
  { roles }: Plan,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, SchemaAnswer> | null,
): Report['schemas'] {
  return [...before].map(([role, output]) => {
    const now = after?.get(role)?.output ?? null;
    const rule = roles[role] ?? {};
    return {
      role,
      before: output,
      after: now,
      pendingBefore: pendingMigrations(output, rule).length,
      pendingAfter: now === null ? null : pendingMigrations(now, rule).length,
    };
  });
}

/** What the packages changed in /etc, on every host that got any. @param folder of the upgrade */
export async function settingsOf(
  runner: Runner,
  resolved: ResolvedPlan,
  folder: string,
): Promise<SettingsReport[]> {
  const changes = await mapParallel(
    hostNames(resolved).filter((host) => hasPackages(resolved, host)),
    async (host) => parseSettings(await askOk(runner, host, compareSettings(folder))),
  );
  return [...changes].map(([host, change]) => ({ host, ...change, diff: `${folder}/settings.diff` }));
}
