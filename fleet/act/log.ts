/** A line of act's log, as far as it tells something. */
interface Line {
  readonly msg?: string;
  readonly job?: string;
  readonly step?: string;
  readonly stage?: string;
  readonly stepID?: readonly string[];
  readonly raw_output?: boolean;
  readonly stepResult?: string;
  readonly jobResult?: string;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly content?: string;
}

/** What a job's step did. */
export interface ActStep {
  /** As `upgrade.yml/staging/plan`. */
  readonly job: string;
  /** What it uses, or runs. */
  readonly name: string;
  readonly stage: string;
  readonly result: string;
}

/** What a run of a workflow said, read line by line as it comes. */
export class ActLog {
  /** What the steps printed, and the commands to the runner. */
  text = '';
  /** By job: `success` or `failure`; a job that was skipped is not in it. */
  readonly jobs: Record<string, string> = {};
  readonly steps: ActStep[] = [];
  /** By job and the step's id: what it told by name. */
  readonly outputs: Record<string, Record<string, string>> = {};
  /** In the order of the steps. */
  readonly summaries: { readonly job: string; readonly text: string }[] = [];
  #rest = '';

  readonly take = (chunk: string): void => {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      this.#read(line);
    }
  };

  #read(text: string): void {
    // What goes wrong before the first job is not said as JSON.
    const line: Line = text.startsWith('{') ? JSON.parse(text) : { msg: text, raw_output: true };
    const { job = '', step = '', stage = '', msg = '' } = line;
    if (line.raw_output || line.command === 'error' || line.command === 'warning') {
      this.text += `${msg.trim()}\n`;
    }
    if (line.stepResult !== undefined) {
      this.steps.push({ job, name: step, stage, result: line.stepResult });
    }
    if (line.jobResult !== undefined) {
      this.jobs[job] = line.jobResult;
    }
    if (line.command === 'set-output') {
      const key = `${job} ${line.stepID?.join(' ') ?? ''}`;
      this.outputs[key] = { ...this.outputs[key], [line.name ?? '']: line.arg ?? '' };
    }
    if (line.command === 'summary') {
      this.summaries.push({ job, text: line.content ?? '' });
    }
  }
}
