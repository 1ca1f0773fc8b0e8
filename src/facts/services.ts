import type { ProcessFacts, ServiceFacts } from '../domain/facts.ts';
import { type FactRecord, fieldsOf, numberAt, offendingLine, recordsOf } from './records.ts';

/**
 * Services by name. `running` is what /proc showed, never the init system's word.
 * @throws Error with the host and the line that was not understood
 */
export function parseServices(host: string, records: readonly FactRecord[]): Record<string, ServiceFacts> {
  const processes = recordsOf(records, 'process').map((record) => parseProcess(host, record));
  return Object.fromEntries(
    recordsOf(records, 'service').map((record) => {
      const [name = '', exists, enabled, , word = ''] = fieldsOf(host, record, 5);
      const own = processes.filter(({ service }) => service === name).map(({ process }) => process);
      const facts: ServiceFacts = {
        exists: yes(host, record, exists),
        running: own.length > 0,
        enabled: yes(host, record, enabled),
        processes: own.toSorted((one, other) => one.pid - other.pid),
        restarts: numberAt(host, record, 3),
        word,
      };
      return [name, facts];
    }),
  );
}

function parseProcess(host: string, record: FactRecord): { service: string; process: ProcessFacts } {
  const [service = '', , start = '', command = ''] = fieldsOf(host, record, 4);
  return { service, process: { pid: numberAt(host, record, 1), start, command } };
}

function yes(host: string, record: FactRecord, word: string | undefined): boolean {
  if (word !== 'yes' && word !== 'no') {
    throw offendingLine(host, record.line, 'yes or no');
  }
  return word === 'yes';
}
