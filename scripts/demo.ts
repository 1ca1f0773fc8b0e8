// Upgrades a fleet of real Debian hosts as a runner would and shows what changed: `npm run demo`.
// Ends 0 only when all of it holds. `--layout compact` takes the small cloud, `webshop` another stack; `--keep` leaves the fleet for a look;
// `--name NAME` calls it so; `--summary FILE` keeps the job's summary.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Fleet } from '../fleet/index.ts';
import { down, type LayoutName, stderrLog, up } from '../fleet/index.ts';
import { isLayoutName, LAYOUTS } from '../fleet/layouts.ts';
import { Operator, type UpgradeRun } from '../fleet/operator.ts';
import { packagesOn, pages, servicesOn } from '../fleet/oracle.ts';
import { defaultName } from '../fleet/paths.ts';
import { allRows, type TableRows } from '../fleet/rows.ts';
import { RunnerLog } from '../fleet/runner-log.ts';

type Rows = Record<string, Record<string, TableRows>>;

interface Picture {
  readonly versions: Record<string, string>;
  readonly services: Record<string, string>;
  readonly pages: Record<string, number>;
  readonly rows: Rows;
}

const { values } = parseArgs({
  options: {
    layout: { type: 'string', default: 'spread' },
    keep: { type: 'boolean', default: false },
    name: { type: 'string', default: `${defaultName()}-demo` },
    summary: { type: 'string' },
  },
});
process.exitCode = await demo(
  { layout: layoutOf(values.layout), name: values.name },
  values.keep,
  values.summary,
);

function layoutOf(text: string): LayoutName {
  if (!isLayoutName(text)) {
    throw new Error(`--layout ${text}: one of ${Object.keys(LAYOUTS).join(', ')}`);
  }
  return text;
}

async function demo(
  which: { layout: LayoutName; name: string },
  keep: boolean,
  summary?: string,
): Promise<number> {
  const fleet = await up({ ...which, log: stderrLog() });
  try {
    await using operator = await Operator.hire(fleet);
    const before = await look(fleet);
    const page = new RunnerLog((line) => console.log(line));
    const run = await operator.upgrade({ onOutput: page.take });
    if (summary !== undefined) {
      writeFileSync(summary, run.summary);
    }
    const after = await look(fleet);
    show(before, after, run);
    const wrong = whatIsWrong(fleet, before, after, run);
    for (const line of wrong) {
      console.log(`NOT AS IT SHOULD BE: ${line}`);
    }
    return wrong.length === 0 ? 0 : 1;
  } finally {
    if (keep) {
      console.log(`the fleet stays: npm run fleet -- status --layout ${which.layout} --name ${which.name}`);
    } else {
      await down(which);
    }
  }
}

async function look(fleet: Fleet): Promise<Picture> {
  const hosts = fleet.hosts.map(({ name }) => name);
  const versions: Record<string, string> = {};
  const services: Record<string, string> = {};
  for (const host of hosts) {
    for (const [name, version] of Object.entries(await packagesOn(fleet, host))) {
      versions[`${host} ${name}`] = version;
    }
    for (const [name, pids] of Object.entries(await servicesOn(fleet, host))) {
      services[`${host} ${name}`] = pids.length > 0 ? 'runs' : 'down';
    }
  }
  const answers = await pages(fleet);
  const codes = Object.fromEntries(answers.map(({ role, host, code }) => [`${role} on ${host}`, code]));
  return { versions, services, pages: codes, rows: await allRows(fleet) };
}

function show(before: Picture, after: Picture, run: UpgradeRun): void {
  section('versions', changes(before.versions, after.versions));
  section('services', changes(before.services, after.services, true));
  section('pages, asked with a token', changes(before.pages, after.pages, true));
  section('rows', changes(counts(before.rows), counts(after.rows)));
  const dumps = run.report?.dumps ?? [];
  section(
    'dumps',
    dumps.map(
      (dump) =>
        `${dump.name} ${dump.point}: ${dump.bytes} bytes, SHA-256 ${dump.sha256.slice(0, 16)}, ${dump.stored?.name}`,
    ),
  );
  section('outage', [`${run.outputs['outage-seconds']} s`]);
}

function section(title: string, lines: readonly string[]): void {
  console.log(`\n${title}`);
  for (const line of lines) {
    console.log(`  ${line}`);
  }
}

function changes(before: Record<string, unknown>, after: Record<string, unknown>, all = false): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys
    .filter((key) => all || before[key] !== after[key])
    .map((key) => `${key}: ${before[key] ?? 'nothing'} -> ${after[key] ?? 'nothing'}`);
}

function counts(rows: Rows): Record<string, number> {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([database, tables]) =>
      Object.entries(tables).map(([table, { count }]) => [`${database} ${table}`, count]),
    ),
  );
}

/** Everything that the demo promises and that does not hold. */
function whatIsWrong(fleet: Fleet, before: Picture, after: Picture, run: UpgradeRun): string[] {
  const { packages, version: wanted } = fleet.plan.stack.target;
  const rowsBefore = counts(before.rows);
  const rowsAfter = counts(after.rows);
  return [
    ...(run.code === 0 ? [] : [`the step ended with ${run.code ?? run.signal}`]),
    ...(run.report?.outcome === 'finished' ? [] : [`the outcome is ${run.report?.outcome ?? 'unknown'}`]),
    ...Object.entries(after.versions)
      .filter(([name, version]) => name.includes(` ${packages}`) && !version.startsWith(`ii ${wanted}-`))
      .map(([name, version]) => `${name} is ${version}`),
    ...Object.keys(before.services)
      .filter((name) => before.services[name] !== after.services[name])
      .map((name) => `${name}: ${before.services[name]} before, ${after.services[name]} after`),
    ...Object.entries(after.pages)
      .filter(([, code]) => code !== 200)
      .map(([page, code]) => `the page of ${page} answers ${code}`),
    ...Object.keys(rowsBefore)
      .filter((table) => (rowsAfter[table] ?? 0) < (rowsBefore[table] ?? 0))
      .map((table) => `${table} had ${rowsBefore[table]} rows and has ${rowsAfter[table] ?? 0}`),
    ...((run.report?.dumps.length ?? 0) > 0 ? [] : ['there are no dumps']),
    ...(Number(run.outputs['outage-seconds']) > 0 ? [] : ['the outage is not known']),
  ];
}
