import { upgradeFolder } from '../commands/host-library.ts';
import type { Approval } from '../domain/approval.ts';
import { digestOf } from '../domain/canonical.ts';
import type { DiskOutlook } from '../domain/disks.ts';
import type { HostFacts } from '../domain/facts.ts';
import { databasesOf } from '../domain/inventory.ts';
import { type Outlook, outlookOf } from '../domain/outlook.ts';
import type { FailureReport, Outcome, Report, SettingsReport } from '../domain/report.ts';
import { hostNames, type ResolvedPlan } from '../domain/resolved.ts';
import { isAtHead, type SchemaAnswer } from '../domain/schema-state.ts';
import type { Stage } from '../domain/step.ts';
import type { Runner } from '../executor/ask.ts';
import { hostDisks } from '../executor/disks.ts';
import type { Dumps } from '../executor/dumps.ts';
import type { Journal } from '../executor/journal.ts';
import { readSchemas } from '../executor/read-schemas.ts';
import { readFacts, type Survey, type UpgradeFiles } from '../executor/survey.ts';
import { schemasOf, servicesOf, settingsOf, versionsOf } from './before-and-after.ts';
import { hasPackages } from './prepare.ts';
import type { ServiceProbe } from './probe-services.ts';
import { plannedSteps } from './steps.ts';
import { timesOf } from './times.ts';

/** What is known of a run so far; in the end, its report. */
export class Findings {
  readonly #runner: Runner;
  readonly #files: UpgradeFiles;
  facts: ReadonlyMap<string, HostFacts> = new Map();
  resolved: ResolvedPlan | null = null;
  journal: Journal | null = null;
  dumps: Dumps | null = null;
  /** Asks the services all the while. */
  probe: ServiceProbe | null = null;
  stages: readonly Stage[] = [];
  #upgrade: string | null = null;
  #survey: Survey | null = null;
  #disks: readonly DiskOutlook[] = [];
  #after: ReadonlyMap<string, HostFacts> | null = null;
  #schemasAfter: ReadonlyMap<string, SchemaAnswer> | null = null;
  #settings: readonly SettingsReport[] = [];
  #seen: Report['probe'] = null;
  #planned: Report['planned'] = [];
  #outlook: Outlook | null = null;
  #notes: readonly string[] = [];
  #digest: string | null = null;
  #part: string | null = null;
  #next: string | null = null;
  #outcome: Outcome = 'refused';
  #failure: FailureReport | null = null;

  constructor(runner: Runner, files: UpgradeFiles) {
    this.#runner = runner;
    this.#files = files;
  }

  /** @param disks what is free against what is needed, on the hosts and on the runner */
  surveyed(survey: Survey, disks: readonly DiskOutlook[]): void {
    this.#survey = survey;
    this.looked(survey.resolved, survey.facts);
    this.#disks = disks;
  }

  looked(resolved: ResolvedPlan, facts: ReadonlyMap<string, HostFacts>): void {
    this.resolved = resolved;
    this.facts = facts;
    this.#disks = hostDisks(facts);
  }

  /** An unfinished upgrade was found; whether this run goes on with it is another question. */
  found(upgrade: string): void {
    this.#upgrade = upgrade;
  }

  /** What would be approved of the upgrade is known. */
  approvable(approval: Approval): void {
    this.#digest = digestOf(approval);
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
    this.#planned = plannedSteps(stages);
  }

  /** Tells what an upgrade would meet, by what is known of the hosts. */
  foresee(): void {
    this.#outlook = this.resolved === null ? null : outlookOf(this.resolved, this.facts, this.#disks);
  }

  /** Looks at the hosts once more, for what runs now. */
  async lookAgain(): Promise<void> {
    this.#after = await readFacts(this.#runner, this.#files, 'system');
  }

  /** Looks at the hosts once more, for all that changed. */
  async collect(): Promise<void> {
    await this.lookAgain();
    this.#schemasAfter = await readSchemas(this.#runner, this.#files);
    const { resolved, journal } = this;
    this.#settings =
      resolved === null || journal === null
        ? []
        : await settingsOf(this.#runner, resolved, upgradeFolder(journal.upgrade));
  }

  /** One part of the upgrade runs, and not the whole. @param next what comes after it */
  isPart(part: string, next: string | null): void {
    this.#part = part;
    this.#next = next;
  }

  note(text: string): void {
    this.#notes = [...this.#notes, text];
  }

  /** Ends the probe, if there is one, once all is done that could change what it sees. */
  async endProbe(): Promise<void> {
    const { outage } = timesOf(this.journal, this.facts, this.resolved, this.#outcome);
    this.#seen = (await this.probe?.end(outage)) ?? null;
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
      digest: this.#digest,
      versions: resolved === null ? [] : versionsOf(resolved),
      services: resolved === null ? [] : servicesOf(resolved, this.#after),
      schemas: schemasOf(this.#files.plan, this.#schemasBefore(), this.#schemasAfter),
      dumps: dumps?.reported() ?? [],
      globals: dumps?.globals() ?? [],
      ...timesOf(journal, this.facts, resolved, this.#outcome),
      probe: this.#seen,
      settings: this.#settings,
      planned: this.#planned,
      outlook: this.#outlook,
      notes: this.#notes,
      failure: this.#failure,
    };
  }

  /** What was said before the upgrade: by its dumps, where it has been taken up, else by the survey. */
  #schemasBefore(): Map<string, string> {
    const { plan, inventory } = this.#files;
    const surveyed = [...(this.#survey?.schemas ?? [])].map(([role, { output }]) => [role, output] as const);
    const recorded = databasesOf(plan, inventory).flatMap((target) =>
      Object.entries(this.dumps?.first(target)?.state.heads ?? {}),
    );
    return new Map([...surveyed, ...recorded]);
  }
}
