import { upgradeFolder } from '../commands/host-library.ts';
import { compareSettings, parseSettings } from '../commands/settings.ts';
import type { HostFacts } from '../domain/facts.ts';
import { databasesOf } from '../domain/inventory.ts';
import { type Outlook, outlookOf } from '../domain/outlook.ts';
import type { FailureReport, Outcome, Report, SettingsReport } from '../domain/report.ts';
import { hostNames, plannedServices, type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import { isAtHead, pendingMigrations, type SchemaAnswer } from '../domain/schema-state.ts';
import type { Stage } from '../domain/step.ts';
import { askOk, type Runner } from '../executor/ask.ts';
import type { Dumps } from '../executor/dumps.ts';
import type { Journal } from '../executor/journal.ts';
import { mapParallel } from '../executor/pool.ts';
import { readSchemas } from '../executor/read-schemas.ts';
import { readFacts, type Survey, type UpgradeFiles } from '../executor/survey.ts';
import { hasPackages } from './prepare.ts';
import { outageSeconds, stepReports } from './times.ts';

/** What is known of a run so far; in the end, its report. */
export class Findings {
  readonly #runner: Runner;
  readonly #files: UpgradeFiles;
  facts: ReadonlyMap<string, HostFacts> = new Map();
  resolved: ResolvedPlan | null = null;
  journal: Journal | null = null;
  dumps: Dumps | null = null;
  stages: readonly Stage[] = [];
  #upgrade: string | null = null;
  #survey: Survey | null = null;
  #after: ReadonlyMap<string, HostFacts> | null = null;
  #schemasAfter: ReadonlyMap<string, SchemaAnswer> | null = null;
  #settings: readonly SettingsReport[] = [];
  #planned: Report['planned'] = [];
  #outlook: Outlook | null = null;
  #notes: readonly string[] = [];
  #part: string | null = null;
  #next: string | null = null;
  #outcome: Outcome = 'refused';
  #failure: FailureReport | null = null;

  constructor(runner: Runner, files: UpgradeFiles) {
    this.#runner = runner;
    this.#files = files;
  }

  surveyed(survey: Survey): void {
    this.#survey = survey;
    this.looked(survey.resolved, survey.facts);
  }

  looked(resolved: ResolvedPlan, facts: ReadonlyMap<string, HostFacts>): void {
    this.resolved = resolved;
    this.facts = facts;
  }

  /** An unfinished upgrade was found; whether this run goes on with it is another question. */
  found(upgrade: string): void {
    this.#upgrade = upgrade;
  }

  began(journal: Journal, dumps: Dumps, stages: readonly Stage[]): void {
    this.journal = journal;
    this.dumps = dumps;
    this.stages = stages;
    this.#upgrade = journal.upgrade;
  }

  /** Nothing to install and nothing to migrate. */
  nothingToDo(resolved: ResolvedPlan): boolean {
    return (
      hostNames(resolved).every((host) => !hasPackages(resolved, host)) &&
      [...(this.#survey?.schemas ?? [])].every(([role, answer]) =>
        isAtHead(answer, resolved.plan.roles[role] ?? {}),
      )
    );
  }

  plan(stages: readonly Stage[]): void {
    this.foresee();
    this.#planned = stages.flatMap(({ phase, title, lanes }) =>
      lanes.flat().map((step) => ({
        phase,
        stage: title,
        host: step.host,
        title: step.title,
        commands: step.commands,
      })),
    );
  }

  /** Tells what an upgrade would meet, by what is known of the hosts. */
  foresee(): void {
    this.#outlook = this.resolved === null ? null : outlookOf(this.resolved, this.facts);
  }

  /** Looks at the hosts once more, for what runs now. */
  async lookAgain(): Promise<void> {
    this.#after = await readFacts(this.#runner, this.#files, 'system');
  }

  /** Looks at the hosts once more, for all that changed. */
  async collect(): Promise<void> {
    await this.lookAgain();
    this.#schemasAfter = await readSchemas(this.#runner, this.#files);
    this.#settings = await this.#compareSettings();
  }

  async #compareSettings(): Promise<SettingsReport[]> {
    const { resolved, journal } = this;
    if (resolved === null || journal === null) {
      return [];
    }
    const folder = upgradeFolder(journal.upgrade);
    const changes = await mapParallel(
      hostNames(resolved).filter((host) => hasPackages(resolved, host)),
      async (host) => parseSettings(await askOk(this.#runner, host, compareSettings(folder))),
    );
    return [...changes].map(([host, change]) => ({ host, ...change, diff: `${folder}/settings.diff` }));
  }

  /** One part of the upgrade runs, and not the whole. @param next what comes after it */
  isPart(part: string, next: string | null): void {
    this.#part = part;
    this.#next = next;
  }

  note(text: string): void {
    this.#notes = [...this.#notes, text];
  }

  end(outcome: Outcome, failure: FailureReport | null = null): void {
    this.#outcome = outcome;
    this.#failure = failure;
  }

  report(): Report {
    const { journal, resolved, dumps } = this;
    return {
      schema: 1,
      outcome: this.#outcome,
      plan: this.#files.plan.name,
      part: this.#part,
      next: this.#next,
      upgrade: this.#upgrade,
      versions: resolved === null ? [] : versionsOf(resolved),
      services: resolved === null ? [] : this.#services(resolved),
      schemas: this.#schemas(),
      dumps: dumps?.reported() ?? [],
      globals: dumps?.globals() ?? [],
      outageSeconds: journal === null ? null : outageSeconds(journal, this.facts),
      settings: this.#settings,
      steps: journal === null ? [] : stepReports(journal, this.facts),
      planned: this.#planned,
      outlook: this.#outlook,
      notes: this.#notes,
      failure: this.#failure,
    };
  }

  #services(resolved: ResolvedPlan): Report['services'] {
    return hostNames(resolved).flatMap((host) =>
      plannedServices(resolved, host).map(({ name }) => ({
        host,
        name,
        before: resolvedHost(resolved, host).running.includes(name)
          ? ('running' as const)
          : ('down' as const),
        after: this.#serviceAfter(host, name),
      })),
    );
  }

  #serviceAfter(host: string, name: string): 'running' | 'down' | 'unknown' {
    const found = this.#after?.get(host)?.services[name];
    if (found === undefined) {
      return 'unknown';
    }
    return found.running ? 'running' : 'down';
  }

  #schemas(): Report['schemas'] {
    const { plan, inventory } = this.#files;
    const recorded = databasesOf(plan, inventory).flatMap((target) => {
      const first = this.dumps?.first(target)?.state.heads ?? {};
      return Object.entries(first);
    });
    const surveyed = [...(this.#survey?.schemas ?? [])].map(([role, { output }]) => [role, output] as const);
    const before = new Map([...surveyed, ...recorded]);
    return [...before].map(([role, output]) => {
      const after = this.#schemasAfter?.get(role)?.output ?? null;
      const rule = plan.roles[role] ?? {};
      return {
        role,
        before: output,
        after,
        pendingBefore: pendingMigrations(output, rule).length,
        pendingAfter: after === null ? null : pendingMigrations(after, rule).length,
      };
    });
  }
}

function versionsOf(resolved: ResolvedPlan): Report['versions'] {
  return hostNames(resolved).flatMap((host) =>
    (resolvedHost(resolved, host).transaction?.changes ?? []).map(({ name, from, to }) => ({
      host,
      package: name,
      from,
      to,
    })),
  );
}
