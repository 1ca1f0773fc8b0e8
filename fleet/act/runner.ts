import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { act } from '../../scripts/tools/index.ts';
import { FLEET_SOURCES } from '../paths.ts';
import { run } from '../process.ts';
import { exportSuite, SUITE, SUITE_REF } from './export.ts';
import { ActLog } from './log.ts';
import { downloadArtifact } from './stand-ins.ts';

/** What this machine answers to. */
const LABELS = ['ubuntu-latest', 'self-hosted', 'linux'];

export interface WorkflowRequest {
  /** A file in `.github/workflows`. */
  readonly workflow: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** What GitHub sets in every step. */
  readonly env: Readonly<Record<string, string>>;
  readonly event?: 'workflow_dispatch' | 'schedule';
  /** Called with what was said so far, whenever there is more of it. */
  readonly onLog?: (log: ActLog) => void;
}

/** A run of a workflow that has ended. */
export interface WorkflowRun extends Pick<ActLog, 'text' | 'jobs' | 'steps' | 'outputs' | 'summaries'> {
  readonly code: number | null;
}

/**
 * A private repository and a runner that runs its workflows: nektos/act, on this machine itself. It knows no
 * environments, approvals or concurrency, so that every job of a run has the same secrets and variables.
 */
export class WorkflowRunner implements Disposable {
  readonly #folder: string;
  readonly #program: string;
  readonly #known: Readonly<Record<string, string>>;

  private constructor(folder: string, program: string, known: Record<string, string>) {
    this.#folder = folder;
    this.#program = program;
    this.#known = known;
  }

  /** @param repository whose workflows run: one that has only what is written into it, or this project itself */
  static async prepare(repository: 'empty' | 'suite'): Promise<WorkflowRunner> {
    const folder = mkdtempSync(join(tmpdir(), 'synnefo-upgrade-act-'));
    const suite = join(folder, 'suite');
    await exportSuite(suite, join(folder, 'approved'));
    const here = join(folder, 'repository');
    mkdirSync(here);
    if (repository === 'suite') {
      cpSync(suite, here, { recursive: true });
    }
    const git = (...args: string[]) => run('git', ['-C', here, ...args]);
    await git('init', '--quiet', '--initial-branch', 'main');
    await git('remote', 'add', 'origin', 'https://github.com/example/cloud.git');
    const known = {
      [`${SUITE}@${SUITE_REF}`]: suite,
      ...downloadArtifact(join(folder, 'download-artifact')),
    };
    const runner = new WorkflowRunner(folder, await act(), known);
    runner.approve();
    return runner;
  }

  /** Lets the upgrades go that wait for their reviewers, and those to come: so it is unless told otherwise. */
  approve(): void {
    writeFileSync(join(this.#folder, 'approved'), '');
  }

  /** Lets upgrades wait until they are approved. */
  review(): void {
    rmSync(join(this.#folder, 'approved'));
  }

  /** Puts a folder of this project into the repository. */
  copy(from: string, to: string): void {
    cpSync(join(dirname(FLEET_SOURCES), from), join(this.#folder, 'repository', to), { recursive: true });
  }

  /** Puts a file into the repository. @returns its path there */
  write(path: string, text: string): string {
    const file = join(this.#folder, 'repository', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return path;
  }

  /** Runs a workflow to its end. */
  async run({ workflow, event = 'workflow_dispatch', ...request }: WorkflowRequest): Promise<WorkflowRun> {
    await this.#commit();
    const given = (name: string, values: object): string => this.#file(`${name}.yml`, values);
    const repository = { private: true, visibility: 'private' };
    // A schedule has no inputs.
    const payload = event === 'schedule' ? { repository } : { repository, inputs: request.inputs ?? {} };
    const args = [
      event,
      '--json',
      ...['--workflows', join('.github/workflows', workflow)],
      ...['--eventpath', this.#file('event.json', payload)],
      ...['--secret-file', given('secrets', request.secrets), '--var-file', given('vars', request.vars)],
      ...['--env-file', given('env', request.env), '--input-file', given('inputs', request.inputs ?? {})],
      ...LABELS.flatMap((label) => ['--platform', `${label}=-self-hosted`]),
      ...['--no-cache-server', '--actor', 'operator'],
      ...Object.entries(this.#known).flatMap(([name, at]) => ['--local-repository', `${name}=${at}`]),
    ];
    return await this.#start(args, request.onLog);
  }

  async #start(args: readonly string[], onLog: WorkflowRequest['onLog']): Promise<WorkflowRun> {
    const log = new ActLog();
    const child = spawn(this.#program, args, {
      cwd: join(this.#folder, 'repository'),
      env: {
        // What the steps have of the machine: the programs, and a folder for what act writes.
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '/root',
        XDG_CACHE_HOME: join(this.#folder, 'cache'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        log.take(chunk);
        onLog?.(log);
      });
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const { text, jobs, steps, outputs, summaries } = log;
    return { code, text, jobs, steps, outputs, summaries };
  }

  /** A file that act reads as YAML, which JSON is. */
  #file(name: string, values: object): string {
    const file = join(this.#folder, name);
    writeFileSync(file, JSON.stringify(values), { mode: 0o600 });
    return file;
  }

  async #commit(): Promise<void> {
    const as = ['-c', 'user.name=operator', '-c', 'user.email=operator@example.org'];
    const git = (...args: string[]) => run('git', ['-C', join(this.#folder, 'repository'), ...as, ...args]);
    await git('add', '--all', '--force');
    await git('commit', '--quiet', '--allow-empty', '--message', 'as it is now');
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
