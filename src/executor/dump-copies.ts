import type { StoredDump } from '../domain/dump.ts';
import { sh } from '../shell/quote.ts';
import { ask } from './ask.ts';
import type { DumpContext } from './dump-context.ts';

/** What of a record says where its copies are. */
export interface Copies {
  readonly host: string;
  readonly sha256: string;
  readonly hostCopy: string | null;
  readonly stored: StoredDump | null;
}

/** Is a copy of the dump still where it outlives the runner: on its host, with its hash, or in the store? */
export async function copyLasts({ runner, settings }: DumpContext, record: Copies): Promise<boolean> {
  if (record.hostCopy !== null) {
    const script = sh`sha256sum < ${record.hostCopy} | cut -d ' ' -f 1`.text;
    const result = await ask(runner, record.host, { title: `read ${record.hostCopy}`, script });
    if (result.code === 0 && result.stdout.trim() === record.sha256) {
      return true;
    }
    runner.log.warning(`${record.host}: ${record.hostCopy} is not the dump that was kept there`);
  }
  const { stored } = record;
  return stored !== null && stored.kind === settings.store.kind && (await settings.store.has(stored));
}
