import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { quietly } from '../../src/adapters/quietly.ts';

let printed = '';
const { write } = process.stdout;
beforeEach(() => {
  printed = '';
  process.stdout.write = ((text: string) => {
    printed += text;
    return true;
  }) as typeof write;
});
afterEach(() => {
  process.stdout.write = write;
});

it('makes debug lines of what is printed inside, also later, and leaves commands and others alone', async () => {
  const talk = quietly(async () => {
    process.stdout.write('one\ntwo\n');
    process.stdout.write('::warning::three\n');
    await sleep(20);
    process.stdout.write('four\n');
    return 5;
  });
  process.stdout.write('mine\n');
  expect(await talk).toBe(5);
  expect(printed).toBe('::debug::one\n::debug::two\n::warning::three\nmine\n::debug::four\n');
});

it('ends with the last of several, also with one that fails', async () => {
  const before = process.stdout.write;
  const failed = quietly(async () => {
    await sleep(5);
    throw new Error('no');
  });
  const other = quietly(async () => {
    await sleep(20);
    process.stdout.write('talk\n');
  });
  await expect(failed).rejects.toThrow('no');
  await other;
  expect(printed).toBe('::debug::talk\n');
  expect(process.stdout.write).toBe(before);
});
