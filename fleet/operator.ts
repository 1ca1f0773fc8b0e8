import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Report } from '../src/domain/report.ts';
import { ActionStep, type StageResult } from './action-runner.ts';
import { type ArtifactService, startArtifactService } from './artifact-service.ts';
import type { Fleet } from './index.ts';
import { Job } from './job.ts';
import { FLEET_SOURCES } from './paths.ts';
import { readReport } from './published-report.ts';

/** What a user copies into a repository of their own. */
const EXAMPLES = join(FLEET_SOURCES, '..', 'examples');

/** One step of a job that ran the root action. */
export interface UpgradeRun extends StageResult {
  /** What `post` did; null when the machine died with the step. */
  readonly post: StageResult | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Null when the step was killed before it could write one. */
  readonly report: Report | null;
}

export interface UpgradeRequest {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The workflow run; the same one again is its next attempt. Without it every request is a run of its own. */
  readonly runId?: string;
  /** Does the runner live on after the step, to run `post`? */
  readonly post?: boolean;
  /** Called with the log so far whenever there is more of it; what it does to the process is its own affair. */
  readonly onLog?: (log: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** What is printed, as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** An operator with a fleet, a private repository, an artifact service and an age key. */
export class Operator implements AsyncDisposable {
  readonly fleet: Fleet;
  readonly service: ArtifactService;
  /** The age identity that opens the dumps. */
  readonly identity: string;
  readonly folder: string;
  /** The age public key of that identity. */
  readonly recipient: string;
  #runs = 1000;

  private constructor(
    fleet: Fleet,
    service: ArtifactService,
    folder: string,
    identity: string,
    recipient: string,
  ) {
    this.fleet = fleet;
    this.service = service;
    this.folder = folder;
    this.identity = identity;
    this.recipient = recipient;
  }

  static async hire(fleet: Fleet): Promise<Operator> {
    const folder = mkdtempSync(join(tmpdir(), 'synnefo-upgrade-operator-'));
    const service = await startArtifactService({ dir: join(folder, 'artifacts') });
    const identity = await generateX25519Identity();
    cpSync(EXAMPLES, join(folder, 'workspace'), { recursive: true });
    const event = { repository: { private: true, visibility: 'private' } };
    writeFileSync(join(folder, 'event.json'), JSON.stringify(event));
    return new Operator(fleet, service, folder, identity, await identityToRecipient(identity));
  }

  /** A file of the workspace, which inputs may name. */
  write(name: string, text: string): string {
    writeFileSync(join(this.folder, 'workspace', name), text);
    return name;
  }

  /** Runs the root action on the fleet as a step of a workflow, with what an operator would give it. */
  async upgrade(request: UpgradeRequest = {}): Promise<UpgradeRun> {
    const { inputs = {}, env = {}, runId = String(++this.#runs), post = true, onLog } = request;
    let log = '';
    let kill: (signal: NodeJS.Signals) => void = () => undefined;
    const step = new ActionStep('upgrade', {
      inputs: { ...this.inputs(), ...inputs },
      env: { ...this.#environment(runId), ...env },
      onOutput: (text) => {
        log += text;
        request.onOutput?.(text);
        onLog?.(log, kill);
      },
    });
    try {
      const main = step.start('main');
      kill = (signal) => main.process.kill(signal);
      const ended = await main.ended;
      const after = post ? await step.run('post') : null;
      const outputs = step.outputs();
      const report = outputs.report;
      return {
        ...ended,
        post: after,
        outputs,
        summary: step.summary(),
        report: report === undefined ? null : readReport(readFileSync(report, 'utf8')),
      };
    } finally {
      step.remove();
    }
  }

  /** A job of a workflow run, before its first step. */
  job(runId: string): Job {
    return new Job(this.#environment(runId));
  }

  /** A job of a workflow run, connected to the fleet: what comes next finds the hosts. */
  async connectedJob(runId: string, inputs: Readonly<Record<string, string>> = {}): Promise<Job> {
    const job = this.job(runId);
    const { code, log } = await job.run('connect', { inputs: { ...this.inputs(), ...inputs } });
    if (code !== 0) {
      throw new Error(`connect ended with exit code ${code}:\n${log}`);
    }
    return job;
  }

  /** What an operator gives to the root action and to `connect`. */
  inputs(): Record<string, string> {
    const { fleet } = this;
    return {
      plan: fleet.plan.stack.plan,
      inventory: readFileSync(fleet.inventoryFile, 'utf8'),
      'ssh-key': fleet.privateKey,
      'known-hosts': fleet.knownHosts,
      'encrypt-to': this.recipient,
    };
  }

  #environment(runId: string): Record<string, string> {
    return {
      ...this.service.environment(runId),
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: 'operator',
      GITHUB_REPOSITORY: 'example/cloud',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_EVENT_PATH: join(this.folder, 'event.json'),
      GITHUB_WORKSPACE: join(this.folder, 'workspace'),
      [this.fleet.plan.stack.secret]: this.fleet.token,
      ...this.fleet.plan.stack.stepSecrets,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
