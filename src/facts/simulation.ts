import type { AptRequest } from '../commands/apt-request.ts';
import { type PackageRoom, packageRoom } from '../domain/package-room.ts';
import { parseTransaction, type Transaction } from '../domain/transaction.ts';
import type { Command } from '../shell/command.ts';
import { look, type Question } from './look.ts';
import { aptQuestions, type FactsQuery } from './query.ts';
import { readRecords, toolOutput } from './records.ts';

/** Asks what apt would do to install exactly these versions, for `parseSimulation`. */
export function simulation({
  packages,
  ...apt
}: Pick<AptRequest, 'packages'> & Pick<FactsQuery, 'lists' | 'release'>): Command {
  const wanted = Object.entries(packages);
  return look('simulate the install', [
    ...aptQuestions(apt),
    ...wanted.map(([name, version]): Question => ['install', name, version]),
  ]);
}

/** What apt would do, and the room that it takes. */
export interface Simulated {
  readonly transaction: Transaction;
  readonly room: PackageRoom;
}

/** @throws Error with the host and the line that was not understood, or when the answer was cut short */
export function parseSimulation(host: string, stdout: string): Simulated {
  const said = toolOutput(host, readRecords(host, stdout), 'simulation');
  const transaction = parseTransaction(said);
  return { transaction, room: packageRoom(transaction, said) };
}
