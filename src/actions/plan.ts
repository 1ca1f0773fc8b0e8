import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setOutput } from '@actions/core';
import { hasArtifactService } from '../adapters/artifact-service.ts';
import { ArtifactStore } from '../adapters/artifact-store.ts';
import type { Approval } from '../domain/approval.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { Report } from '../domain/report.ts';
import type { UpgradeContext } from '../phases/context.ts';
import { runUpgrade } from '../phases/run-upgrade.ts';
import type { Log } from '../ports.ts';
import { explainFailure } from '../report/failure.ts';
import { KEPT_WITHOUT_APPROVAL, planDocument, showsSecret } from '../report/plan-document.ts';
import { refusedReport } from '../report/refused.ts';
import type { Secret } from '../shell/secret.ts';
import { checkGate, type GateRequest, gateRequest } from './check-gate.ts';
import { conduct } from './conduct.ts';
import type { Run } from './open-run.ts';
import { requestOfJob } from './request.ts';

/** Days that the plan is kept: GitHub lets a job wait for its approval as long. */
const RETENTION_DAYS = 30;

/** Shows what an upgrade would do and what would be refused; reads only. */
export async function main(): Promise<void> {
  await conduct(() => {
    const [request, gate] = [requestOfJob([]), gateRequest()];
    return {
      request: { ...request, dryRun: true },
      turn: null,
      // It asks the services how they are, and runs none of the plan's steps.
      needs: { phase: 'prepare', at: null },
      work: async (context, run) => await planBehindGate(context, run, gate, request.githubToken),
    };
  });
}

/** A plan that nobody would have to approve is not made where an approval is required. */
async function planBehindGate(
  context: UpgradeContext,
  run: Run,
  gate: GateRequest,
  token: Secret | undefined,
): Promise<Report> {
  const { log } = context.runner;
  try {
    const warning = await checkGate(gate, token, log);
    if (warning === null) {
      return await plan(context, run);
    }
    log.warning(warning);
    const report = await plan(context, run);
    return { ...report, notes: [warning, ...report.notes] };
  } catch (error) {
    if (!(error instanceof UpgradeError)) {
      throw error;
    }
    return refusedReport(context.files.plan.name, error);
  }
}

async function plan(context: UpgradeContext, { log, masks, notes }: Run): Promise<Report> {
  const mask = (text: string): string => masks.apply(text);
  const { found, approval } = await look(context);
  // Whoever can read the repository can read the artifact, and with stars it would have another digest.
  const hidden = approval !== null && showsSecret(approval, mask);
  const report = hidden ? { ...found, notes: [KEPT_WITHOUT_APPROVAL, ...found.notes] } : found;
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), 'synnefo-upgrade-plan-'));
  const file = join(folder, 'plan.json');
  const told = { ...report, notes: [...notes, ...report.notes] };
  const document = planDocument(told, hidden ? null : approval, mask);
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 });
  setOutput('plan', file);
  setOutput('changes', String(report.outcome === 'planned'));
  setOutput('artifact-id', await keep(file, report.plan, log));
  return report;
}

async function look(context: UpgradeContext): Promise<{ found: Report; approval: Approval | null }> {
  let approval: Approval | null = null;
  const onApprovable = (known: Approval): void => {
    approval = known;
  };
  const found = await runUpgrade({ ...context, proposes: true, onApprovable });
  return { found, approval };
}

/** The id of the artifact, or nothing: what was found out is told also where no copy of it can be kept. */
async function keep(file: string, plan: string, log: Log): Promise<string> {
  try {
    return await upload(file, plan);
  } catch (error) {
    const { what, output } = explainFailure(error);
    const words = [what, output].filter((text) => text !== '').join('\n');
    log.warning(
      `the plan could not be kept as an artifact; it is in ${file} and in the job's summary: ${words}`,
    );
    return '';
  }
}

/** The id of the artifact, or nothing where the runner has no artifact service. */
async function upload(file: string, plan: string): Promise<string> {
  if (!hasArtifactService(process.env)) {
    return '';
  }
  // Unique in every attempt: a run never takes a name twice.
  const name = `${plan}.plan.${randomBytes(4).toString('hex')}.json`;
  const { id } = await new ArtifactStore({ retentionDays: RETENTION_DAYS }).put(file, name);
  return String(id ?? '');
}
