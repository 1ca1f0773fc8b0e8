import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Compares two folders without subfolders, byte by byte: `name: what is wrong with it` for each file that differs. */
export async function differences(expected: string, actual: string): Promise<readonly string[]> {
  const [wanted, found] = await Promise.all([filesOf(expected), filesOf(actual)]);
  const names = [...new Set([...wanted.keys(), ...found.keys()])].sort();
  return names.flatMap((name) => {
    const [want, have] = [wanted.get(name), found.get(name)];
    if (have === undefined) {
      return [`${name}: is missing`];
    }
    if (want === undefined) {
      return [`${name}: should not be there`];
    }
    return want.equals(have) ? [] : [`${name}: differs at byte ${firstDifference(want, have)}`];
  });
}

async function filesOf(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
}

function firstDifference(one: Buffer, other: Buffer): number {
  const index = one.findIndex((byte, position) => byte !== other[position]);
  return index === -1 ? one.length : index;
}
