// Run as a process of its own, so that the peak of its memory says something: receives a dump of 300 MiB,
// encrypts it, and prints how much memory that took at most.
import { randomBytes } from 'node:crypto';
import { DumpFile } from '../../src/adapters/dump-stream.ts';
import { ageKey } from './age-key.ts';

const [path = ''] = process.argv.slice(2);
await using dump = await DumpFile.create(path, { recipients: [(await ageKey()).recipient] });
for (let mebibyte = 0; mebibyte < 300; mebibyte++) {
  await dump.write(randomBytes(1 << 20));
}
const { plain, stored } = await dump.finish();
const kibibytes = process.resourceUsage().maxRSS;
process.stdout.write(JSON.stringify({ plainBytes: plain.bytes, storedBytes: stored.bytes, kibibytes }));
