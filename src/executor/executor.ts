import type { StepMode } from '../commands/step.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { StepState } from '../domain/journal.ts';
import type { CheckStep, RunnerStep, ScriptStep, Stage, Step } from '../domain/step.ts';
import type { ExecResult } from '../ports.ts';
import { ask, commandFailed, lastLines, type Runner } from './ask.ts';
import type { Journal } from './journal.ts';
import { forEachParallel } from './pool.ts';
import { runToEnd, StepFailure } from './script-step.ts';
import { isOver, modeOf, notRepeated } from './step-mode.ts';

/** Milliseconds between two askings of a check that refuses but may still change its mind. */
const CHECK_INTERVAL = 500;

/**
 * Runs stages: the lanes of one side by side, the next stage when all of them have ended. Finished steps are
 * skipped, running ones followed, failed ones repeated where their class allows it.
 */
export class Executor {
  readonly #runner: Runner;
  readonly #journal: Journal;

  constructor(runner: Runner, journal: Journal) {
    this.#runner = runner;
    this.#journal = journal;
  }

  /** @throws the first step's failure, or an AggregateError of several; the signal's reason when cancelled */
  async run(stages: readonly Stage[]): Promise<void> {
    for (const stage of stages.filter(({ lanes }) => lanes.some((lane) => lane.length > 0))) {
      this.#runner.log.group(`${stage.phase}: ${stage.title}`);
      try {
        await this.#runLanes(stage);
      } finally {
        this.#runner.log.endGroup();
      }
    }
  }

  /** The stages without what is done already: what `run` would do now. Reads, and changes nothing. */
  async remaining(stages: readonly Stage[]): Promise<Stage[]> {
    return await Promise.all(
      stages.map(async (stage) => ({
        ...stage,
        lanes: await Promise.all(stage.lanes.map(async (lane) => await this.#remainingOf(lane))),
      })),
    );
  }

  async #remainingOf(lane: readonly Step[]): Promise<Step[]> {
    const remaining: Step[] = [];
    for (const step of lane) {
      if (!(await this.#isDone(step))) {
        remaining.push(step);
      }
    }
    return remaining;
  }

  async #isDone(step: Step): Promise<boolean> {
    switch (step.kind) {
      case 'script':
        return (await modeOf(this.#runner, this.#journal, step)) === 'skip';
      case 'check':
        return isOver(this.#journal, step);
      case 'runner':
        return step.isDone();
    }
  }

  async #runLanes(stage: Stage): Promise<void> {
    const stop = new AbortController();
    await forEachParallel(stage.lanes, async (lane) => {
      for (const step of lane) {
        this.#runner.signal.throwIfAborted();
        if (stop.signal.aborted) {
          return;
        }
        await this.#runStep(step).catch((error: unknown) => {
          stop.abort();
          throw error;
        });
      }
    });
  }

  async #runStep(step: Step): Promise<void> {
    switch (step.kind) {
      case 'script':
        return await this.#runScript(step);
      case 'check':
        return await this.#runCheck(step);
      case 'runner':
        return await this.#runOnRunner(step);
    }
  }

  async #runScript(step: ScriptStep): Promise<void> {
    const mode = await modeOf(this.#runner, this.#journal, step);
    if (mode === 'restore' || mode === 'ask') {
      throw notRepeated(step, mode, this.#journal.upgrade);
    }
    if (mode === 'skip') {
      this.#runner.log.info(`${step.host}: ${step.title}: done already`);
      return;
    }
    this.#runner.log.info(
      `${step.host}: ${step.title}${mode === 'follow' ? ' runs already; following it' : ''}`,
    );
    const end = await this.#toEnd(step, mode);
    this.#runner.log.info(
      `${step.host}: ${step.title}: done in ${((end.ended - end.started) / 1000).toFixed(1)} s`,
    );
  }

  async #toEnd(step: ScriptStep, mode: StepMode): ReturnType<typeof runToEnd> {
    const remember = (state: StepState): void => this.#journal.ended(step.host, step.id, { state });
    if (mode !== 'follow') {
      this.#journal.begun(step.host, step.id);
    }
    try {
      const end = await runToEnd(this.#runner, step, this.#journal.tenure(step.host), mode);
      remember(end);
      return end;
    } catch (error) {
      if (error instanceof StepFailure) {
        remember(error.end);
      }
      throw error;
    }
  }

  async #runCheck(step: CheckStep): Promise<void> {
    const { clock, signal } = this.#runner;
    if (isOver(this.#journal, step)) {
      return;
    }
    const deadline = clock.now() + step.patience * 1000;
    for (;;) {
      const result = await ask(this.#runner, step.host, { title: step.title, script: step.script });
      const refusals = result.code === 0 ? step.judge(result.stdout) : [];
      if (result.code === 0 && refusals.length === 0) {
        return;
      }
      if (clock.now() >= deadline) {
        throw refused(step, result, refusals);
      }
      await clock.sleep(CHECK_INTERVAL, signal);
    }
  }

  async #runOnRunner(step: RunnerStep): Promise<void> {
    this.#runner.log.info(`${step.host}: ${step.title}`);
    await step.run(this.#runner.signal);
  }
}

function refused(step: CheckStep, result: ExecResult, refusals: readonly string[]): UpgradeError {
  return result.code === 0
    ? new UpgradeError(`${step.host}: ${step.title}: not so: ${refusals.join('; ')}`, {
        host: step.host,
        command: step.title,
        output: lastLines(result.stdout),
      })
    : commandFailed(step.host, step.title, result);
}
