import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setOutput, summary } from '@actions/core';
import type { Report } from '../domain/report.ts';
import type { Log } from '../ports.ts';
import { renderConsole } from '../report/console.ts';
import { annotationText } from '../report/failure.ts';
import { renderLockStays } from '../report/lock-stays.ts';
import { maskReport } from '../report/mask-report.ts';
import { toldFailure } from '../report/outcome.ts';
import { renderSummary } from '../report/summary.ts';
import type { Run } from './open-run.ts';

/** Outcomes after which the step is green. */
const GOOD: readonly Report['outcome'][] = ['finished', 'done', 'unchanged', 'planned'];

/** Tells how a run ended: log, job summary, outputs, one annotation and the exit code. */
export async function finish(found: Report, { log, masks }: Pick<Run, 'log' | 'masks'>): Promise<void> {
  // Before anything is rendered: Markdown and JSON spell some characters in other ways, and a mask would miss them.
  const report = maskReport(found, (text) => masks.apply(text));
  for (const line of renderConsole(report)) {
    log.info(line);
  }
  await writeOutputs(report);
  await writeSummary(report);
  const failure = toldFailure(report);
  if (failure !== null) {
    const { title, text } = annotationText(failure);
    log.error(title, text);
  }
  if (!GOOD.includes(report.outcome)) {
    process.exitCode = 1;
  }
}

/** Tells, once a run is over, that steps of it still run and keep its lock. */
export async function tellLockStays(steps: readonly string[], log: Log): Promise<void> {
  for (const step of steps) {
    log.warning(`${step} still runs: the lock stays; the next attempt of this run follows it`);
  }
  if (steps.length > 0 && process.env.GITHUB_STEP_SUMMARY) {
    await summary.addRaw(renderLockStays(steps)).write();
  }
}

async function writeSummary(report: Report): Promise<void> {
  const { GITHUB_STEP_SUMMARY: file, GITHUB_SERVER_URL: server = 'https://github.com' } = process.env;
  if (file) {
    const { size: taken } = await stat(file);
    await summary.addRaw(renderSummary(report, { server, taken })).write();
  }
}

async function writeOutputs(report: Report): Promise<void> {
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), 'synnefo-upgrade-report-'));
  const file = join(folder, 'report.json');
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
  setOutput('report', file);
  setOutput('outcome', report.outcome);
  setOutput('upgrade-id', report.upgrade ?? '');
  setOutput('plan-digest', report.digest ?? '');
  setOutput('versions', JSON.stringify(report.versions));
  setOutput('dumps', JSON.stringify(report.dumps));
  setOutput('outage-seconds', report.outageSeconds === null ? '' : report.outageSeconds.toFixed(1));
}
