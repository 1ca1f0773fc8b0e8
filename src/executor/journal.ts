import * as commands from '../commands/journal.ts';
import { resolveStep } from '../commands/resolve-step.ts';
import type { Tenure } from '../commands/step.ts';
import { type HostJournal, type JournaledStep, parseEnd } from '../domain/journal.ts';
import type { HeldLock } from '../domain/lock.ts';
import * as facts from '../facts/journal.ts';
import { askOk, type Runner } from './ask.ts';
import { forEachParallel, mapParallel } from './pool.ts';

/**
 * Reads what every host remembers; needs no lock. The first host decides which upgrade is current: it is the first to
 * open and the last to close one, so a run that died in between left others without.
 */
export async function readJournals(runner: Runner): Promise<Map<string, HostJournal>> {
  const journals = await mapParallel([...runner.hosts.keys()], (host) => readJournal(runner, host));
  const current = [...journals.values()][0]?.current ?? null;
  const closed = [...journals].filter(([, journal]) => journal.current === null).map(([host]) => host);
  return current === null || closed.length === 0
    ? journals
    : new Map([...journals, ...(await mapParallel(closed, (host) => readJournal(runner, host, current)))]);
}

/** Reads what one host remembers. @param upgrade what to read where no upgrade is current */
export async function readJournal(runner: Runner, host: string, upgrade?: string): Promise<HostJournal> {
  return facts.parseJournalAnswer(host, await askOk(runner, host, facts.readJournal(upgrade)));
}

/** One upgrade's journal on all hosts, as this process, which holds the lock, reads and writes it. */
export class Journal {
  readonly upgrade: string;
  readonly #runner: Runner;
  readonly #lock: HeldLock;
  readonly #steps = new Map<string, JournaledStep>();
  readonly #records = new Map<string, string>();

  constructor(runner: Runner, lock: HeldLock, upgrade: string, journals: ReadonlyMap<string, HostJournal>) {
    this.upgrade = upgrade;
    this.#runner = runner;
    this.#lock = lock;
    for (const [host, journal] of journals) {
      if (journal.current === upgrade) {
        journal.steps.forEach((step, id) => {
          this.#steps.set(key(host, id), step);
        });
        journal.records.forEach((text, name) => {
          this.#records.set(key(host, name), text);
        });
      }
    }
  }

  /** The host that decides: it is the first to open an upgrade, and the last to close one. */
  get firstHost(): string {
    const [first = ''] = this.#runner.hosts.keys();
    return first;
  }

  /** What has to be given back in the end. */
  get lock(): HeldLock {
    return this.#lock;
  }

  /** What a script needs to show that it still may change this host. */
  tenure(host: string): Tenure {
    const epoch = this.#lock.epochs.get(host);
    if (epoch === undefined) {
      throw new Error(`no lock is held on ${host}`);
    }
    return { upgrade: this.upgrade, lock: this.#lock.id, epoch };
  }

  /** Opens the upgrade on every host, the first one first: it decides whether an upgrade exists. */
  async open(plan: string): Promise<void> {
    await this.#firstThenOthers(async (host) => {
      await askOk(this.#runner, host, commands.openUpgrade(this.tenure(host), plan));
    });
  }

  /** Ends the upgrade on every host, the first one last. */
  async close(state: 'finished' | 'abandoned'): Promise<void> {
    const [first = '', ...others] = this.#runner.hosts.keys();
    const close = async (host: string): Promise<void> => {
      await askOk(this.#runner, host, commands.closeUpgrade(this.tenure(host), state));
    };
    await forEachParallel(others, close);
    await close(first);
  }

  step(host: string, id: string): JournaledStep | undefined {
    return this.#steps.get(key(host, id));
  }

  /** Remembers how a step ended, or died, that the host has journaled already. */
  ended(host: string, id: string, step: JournaledStep): void {
    this.#steps.set(key(host, id), step);
  }

  /** Remembers that a step is about to begin: from now on it may have changed its host. */
  begun(host: string, id: string): void {
    this.#steps.set(key(host, id), { state: { kind: 'unborn' } });
  }

  /** All steps that are known, as `[host, id, step]`. */
  steps(): [string, string, JournaledStep][] {
    return [...this.#steps].map(([name, step]) => [...split(name), step]);
  }

  record(host: string, name: string): string | undefined {
    return this.#records.get(key(host, name));
  }

  /** One record of every host that has it, as `[host, text]`. */
  recordsOf(name: string): [string, string][] {
    return [...this.#records]
      .map(([place, text]): [string, string, string] => [...split(place), text])
      .filter(([, record]) => record === name)
      .map(([host, , text]) => [host, text]);
  }

  /** Writes a record durably; with `once` the first one stays for good. */
  async write(host: string, name: string, content: string, once = false): Promise<void> {
    if (once && this.#records.has(key(host, name))) {
      return;
    }
    await askOk(this.#runner, host, commands.writeRecord(this.tenure(host), name, content, once));
    this.#records.set(key(host, name), content);
  }

  /** Puts steps aside on one host, so that they run again. */
  async forget(host: string, steps: readonly string[]): Promise<void> {
    await askOk(this.#runner, host, commands.forgetSteps(this.tenure(host), steps));
    this.overlook(host, steps);
  }

  /** Lets a step that did not end well count as done. @param word who said so, kept beside it */
  async resolve(host: string, id: string, word: string): Promise<void> {
    const state = parseEnd(await askOk(this.#runner, host, resolveStep(this.tenure(host), id, word)));
    if (state === null) {
      throw new Error(`the journal of ${host} does not tell when ${id} began and ended`);
    }
    this.ended(host, id, { state });
  }

  /** Forgets steps of one host here alone. */
  overlook(host: string, steps: readonly string[]): void {
    for (const id of steps) {
      this.#steps.delete(key(host, id));
    }
  }

  async #firstThenOthers(action: (host: string) => Promise<void>): Promise<void> {
    const [first = '', ...others] = this.#runner.hosts.keys();
    await action(first);
    await forEachParallel(others, action);
  }
}

function key(host: string, name: string): string {
  return `${host}\0${name}`;
}

function split(name: string): [host: string, name: string] {
  const [host = '', rest = ''] = name.split('\0');
  return [host, rest];
}
