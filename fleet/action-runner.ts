import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputDefaults } from './action-manifest.ts';

/** How a stage of an action ended. */
export interface StageResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Standard output and error as they came: what the runner reads commands from. */
  readonly log: string;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
}

export interface RunOptions {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What is printed, as it comes. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Stands in for GitHub's runner: one step of a job, with the files and variables that the runner gives to an
 * action. `main` and `post` are processes of their own, and only what the runner carries over reaches `post`.
 */
export class ActionStep {
  readonly folder: string;
  readonly action: string;
  readonly #options: RunOptions;

  /** @param action the folder of the action's stubs, below the checkout's `actions/` */
  constructor(action: string, options: RunOptions) {
    this.folder = mkdtempSync(join(tmpdir(), 'synnefo-upgrade-step-'));
    mkdirSync(join(this.folder, 'temp'));
    for (const name of ['output', 'summary', 'state', 'env', 'path']) {
      writeFileSync(join(this.folder, name), '');
    }
    this.action = action;
    this.#options = options;
  }

  /** Starts a stage without waiting for it, for tests that kill it. */
  start(
    stage: 'main' | 'post',
    env: Readonly<Record<string, string>> = {},
  ): { process: ChildProcess; ended: Promise<StageResult> } {
    const stub = join(import.meta.dirname, '..', 'actions', this.action, `${stage}.js`);
    const child = spawn(process.execPath, [stub], {
      env: { ...this.#environment(stage), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    const take = (chunk: Buffer): void => {
      log += chunk.toString();
      this.#options.onOutput?.(chunk.toString());
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const ended = new Promise<StageResult>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code, signal, log, endedAt: Date.now() }));
    });
    return { process: child, ended };
  }

  /** @param env what other steps have exported since this one began */
  async run(stage: 'main' | 'post', env: Readonly<Record<string, string>> = {}): Promise<StageResult> {
    return await this.start(stage, env).ended;
  }

  /** What it exported for the later steps of its job. */
  exports(): Record<string, string> {
    return readAssignments(readFileSync(join(this.folder, 'env'), 'utf8'));
  }

  outputs(): Record<string, string> {
    return readAssignments(readFileSync(join(this.folder, 'output'), 'utf8'));
  }

  summary(): string {
    return readFileSync(join(this.folder, 'summary'), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #environment(stage: 'main' | 'post'): Record<string, string> {
    const inputs = Object.entries({ ...inputDefaults(this.action), ...this.#options.inputs });
    const state = Object.entries(
      stage === 'post' ? readAssignments(readFileSync(join(this.folder, 'state'), 'utf8')) : {},
    );
    return {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/root',
      ...Object.fromEntries(
        inputs.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
      ),
      ...Object.fromEntries(state.map(([name, value]) => [`STATE_${name}`, value])),
      RUNNER_TEMP: join(this.folder, 'temp'),
      GITHUB_OUTPUT: join(this.folder, 'output'),
      GITHUB_STEP_SUMMARY: join(this.folder, 'summary'),
      GITHUB_STATE: join(this.folder, 'state'),
      GITHUB_ENV: join(this.folder, 'env'),
      GITHUB_PATH: join(this.folder, 'path'),
      ...this.#options.env,
    };
  }
}

/** Reads the runner's files: `name=value`, or `name<<DELIMITER`, lines, `DELIMITER`. */
function readAssignments(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, name = '', delimiter = ''] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    if (name === '') {
      const [, key = '', value = ''] = /^([^=]+)=(.*)$/.exec(line) ?? [];
      if (key !== '') {
        found[key] = value;
      }
      continue;
    }
    const end = lines.indexOf(delimiter, at + 1);
    found[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return found;
}
