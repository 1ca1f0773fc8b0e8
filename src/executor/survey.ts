import type { AptRequest } from '../commands/apt-request.ts';
import { chooseVersions } from '../domain/choose-versions.ts';
import type { DiskOutlook } from '../domain/disks.ts';
import type { HostFacts } from '../domain/facts.ts';
import { databasesOf, type Inventory, packagesOn, servicesOn } from '../domain/inventory.ts';
import { cautionsOf, judgeHosts, unreadLists } from '../domain/judge-hosts.ts';
import { irreversibleIn } from '../domain/outlook.ts';
import type { Plan } from '../domain/plan.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import type { SchemaAnswer } from '../domain/schema-state.ts';
import { judgeTransaction } from '../domain/transaction.ts';
import { compareVersions } from '../domain/version.ts';
import { parseFacts } from '../facts/parse.ts';
import { type FactsQuery, factsCommand } from '../facts/query.ts';
import { parseSimulation, type Simulated, simulation } from '../facts/simulation.ts';
import { askOk, type Runner } from './ask.ts';
import { FOLDERS, hostDisks } from './disks.ts';
import { mapParallel } from './pool.ts';
import { failedSchemas, readSchemas } from './read-schemas.ts';

/** What a step on a host calls. All of it is in Debian's essential packages. */
const TOOLS = [
  'base64',
  'cmp',
  'diff',
  'flock',
  'mkfifo',
  'script',
  'setsid',
  'sha256sum',
  'stat',
  'sync',
  'tar',
];

/** The files of one upgrade, read and checked. */
export interface UpgradeFiles {
  readonly plan: Plan;
  readonly inventory: Inventory;
  readonly sources: Readonly<Record<string, string>>;
}

/** What was found on the hosts, and what follows from it. Nothing was changed by reading it. */
export interface Survey {
  readonly facts: ReadonlyMap<string, HostFacts>;
  readonly resolved: ResolvedPlan;
  /** What each role's `schema` command printed. */
  readonly schemas: ReadonlyMap<string, SchemaAnswer>;
  /** What is free on the hosts against what the upgrade needs there: not judged yet. */
  readonly disks: readonly DiskOutlook[];
  /** Why the upgrade would be refused, in words. */
  readonly refusals: readonly string[];
  /** What else there is to know, in words. */
  readonly cautions: readonly string[];
}

/** Reads the facts of all hosts, or of some, one round trip each. */
export async function readFacts(
  runner: Runner,
  files: UpgradeFiles,
  lists: FactsQuery['lists'],
  among: readonly string[] = [...runner.hosts.keys()],
): Promise<Map<string, HostFacts>> {
  return await mapParallel(among, async (host) => {
    const sent = runner.clock.now();
    const output = await askOk(runner, host, factsCommand(queryOf(files, host, lists)));
    return parseFacts(host, output, sent, runner.clock.now());
  });
}

/** Looks at all hosts and decides what the upgrade would do, on package lists that are read anew. */
export async function survey(runner: Runner, files: UpgradeFiles): Promise<Survey> {
  const { plan, inventory, sources } = files;
  const facts = await readFacts(runner, files, 'temporary');
  const choice = chooseVersions(plan, inventory, facts);
  // Where nobody knows what is on offer, nothing can be said of versions.
  const versions = unreadLists(facts).length > 0 ? [] : choice.refusals;
  const refusals = [...versions, ...judgeHosts(plan, inventory, facts)];
  const simulated =
    refusals.length > 0 ? new Map<string, Simulated>() : await simulateAll(runner, plan, choice.packages);
  const schemas = await readSchemas(runner, files);
  const hosts = Object.fromEntries(
    [...facts].map(([host, { services }]) => [
      host,
      {
        packages: choice.packages[host] ?? {},
        transaction: simulated.get(host)?.transaction ?? null,
        running: servicesOn(plan, inventory, host).filter((name) => services[name]?.running === true),
      },
    ]),
  );
  const resolved: ResolvedPlan = { schema: 1, plan, inventory, sources, hosts, irreversible: [] };
  return {
    facts,
    resolved: { ...resolved, irreversible: irreversibleIn(resolved, facts) },
    schemas,
    disks: hostDisks(facts, new Map([...simulated].map(([host, { room }]) => [host, room]))),
    refusals: [...refusals, ...judgeAll(files, simulated), ...failedSchemas(schemas)],
    cautions: cautionsOf(facts),
  };
}

function queryOf({ plan, inventory }: UpgradeFiles, host: string, lists: FactsQuery['lists']): FactsQuery {
  return {
    packages: packagesOn(plan, inventory, host),
    services: servicesOn(plan, inventory, host).map((name) => ({
      name,
      hint: plan.services[name]?.process ?? {},
    })),
    folders: Object.values(FOLDERS),
    tools: TOOLS,
    lists,
    // What the hosts know already is asked for what is installed, and need not know of any release to take from.
    release: lists === 'temporary' ? plan.apt.release : undefined,
    databases: databasesOf(plan, inventory)
      .filter(({ on }) => on === host)
      .map(({ key, port, name }) => ({ key, port, name })),
  };
}

async function simulateAll(
  runner: Runner,
  plan: Plan,
  packages: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<Map<string, Simulated>> {
  return await mapParallel(
    Object.keys(packages),
    async (host) => await simulateInstall(runner, host, plan, packages[host] ?? {}),
  );
}

/** What apt would do on a host to install exactly these versions, and its room, on package lists that are read anew. */
export async function simulateInstall(
  runner: Runner,
  host: string,
  { apt: { release } }: Plan,
  packages: AptRequest['packages'],
): Promise<Simulated> {
  const command = simulation({ packages, release, lists: 'temporary' });
  return parseSimulation(host, await askOk(runner, host, command));
}

function judgeAll({ plan, inventory }: UpgradeFiles, simulated: ReadonlyMap<string, Simulated>): string[] {
  return [...simulated].flatMap(([host, { transaction }]) =>
    judgeTransaction(transaction, {
      packages: packagesOn(plan, inventory, host),
      allow: plan.apt.allow,
      compare: compareVersions,
    }).map((refusal) => `${host}: ${refusal}`),
  );
}
