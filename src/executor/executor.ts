import type { StepMode } from '../commands/step.ts';
import type { StepState } from '../domain/journal.ts';
import type { ScriptStep, Stage, Step } from '../domain/step.ts';
import type { Runner } from './ask.ts';
import { runCheck } from './check-step.ts';
import type { Journal } from './journal.ts';
import { forEachParallel, throwAll } from './pool.ts';
import { inGroup, orFailed, seconds, timed } from './progress.ts';
import { runToEnd, StepFailure } from './script-step.ts';
import { modeOf, notRepeated } from './step-mode.ts';

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
      await inGroup(this.#runner, `${stage.phase}: ${stage.title}`, () => this.#runLanes(stage));
    }
  }

  async #runLanes({ lanes, independent = false }: Stage): Promise<void> {
    const stop = new AbortController();
    const failures: unknown[] = [];
    await forEachParallel(lanes, async (lane) => {
      await this.#runLane(lane, stop.signal).catch((error: unknown) => {
        if (!independent) {
          stop.abort();
          throw error;
        }
        failures.push(error);
      });
    });
    throwAll(failures);
  }

  async #runLane(lane: readonly Step[], stop: AbortSignal): Promise<void> {
    for (const step of lane) {
      this.#runner.signal.throwIfAborted();
      if (stop.aborted) {
        return;
      }
      await orFailed(this.#runner, step, () => this.#run(step));
    }
  }

  async #run(step: Step): Promise<void> {
    switch (step.kind) {
      case 'script':
        return await this.#runScript(step);
      case 'check':
        return await timed(this.#runner, step, () => runCheck(this.#runner, this.#journal, step));
      case 'runner':
        this.#runner.log.info(`${step.host}: ${step.title}`);
        return await timed(this.#runner, step, () => step.run(this.#runner.signal));
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
    this.#runner.log.info(`${step.host}: ${step.title}: done in ${seconds(end.ended - end.started)}`);
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
}
