import { probeHealth } from '../commands/probe.ts';
import type { HostFacts } from '../domain/facts.ts';
import type { HealthCheck } from '../domain/plan.ts';
import { probeReport, seenOf } from '../domain/probed.ts';
import type { OutageReport, ProbedCheck, ProbeReport } from '../domain/report.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import type { Runner } from '../executor/ask.ts';
import { Probe } from '../executor/probe.ts';
import { type AskedCheck, askedChecks, holdsBefore, type Secrets } from './health.ts';

/** The plan's health checks, asked all the while; what they tell is read at the end. */
export class ServiceProbe {
  readonly #probe: Probe;
  readonly #checks: ReadonlyMap<string, readonly AskedCheck[]>;

  /**
   * Begins to ask each host what has to hold before the upgrade as well as after it: the pages that only the new version
   * has say nothing about the old one.
   * @param hosts those that may be touched
   */
  constructor(
    runner: Runner,
    resolved: ResolvedPlan,
    facts: ReadonlyMap<string, HostFacts>,
    secrets: Secrets,
    hosts: ReadonlySet<string>,
  ) {
    const asked = askedChecks(resolved).flatMap((one) => {
      const check = hosts.has(one.host) ? holdsBefore(one.check) : null;
      return check === null ? [] : [{ ...one, check }];
    });
    this.#checks = Map.groupBy(asked, ({ host }) => host);
    const watches = [...this.#checks].map(([host, own]) => ({
      host,
      command: probeHealth(
        own.map(({ check }): HealthCheck => check),
        secrets,
      ),
      checks: own.length,
      clockOffset: facts.get(host)?.clockOffset ?? 0,
    }));
    this.#probe = new Probe(runner, watches);
  }

  /** Ends the asking. @returns null where there was nothing to ask */
  async end(outage: OutageReport | null): Promise<ProbeReport | null> {
    const watched = await this.#probe.end();
    const checks = watched.flatMap(({ host, answers, gaps }) =>
      (this.#checks.get(host) ?? []).map(
        ({ role, check: { http } }, index): ProbedCheck => ({
          host,
          role,
          http,
          ...seenOf(answers[index] ?? [], outage?.began ?? null),
          gaps,
        }),
      ),
    );
    return checks.length === 0 ? null : probeReport(checks);
  }
}
