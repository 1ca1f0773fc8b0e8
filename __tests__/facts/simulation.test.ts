import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseSimulation, simulation } from '../../src/facts/simulation.ts';
import { type AptRoot, createAptRoot, lookAtAptRoot } from '../commands/support/apt-root.ts';
import { mustRun, run } from '../commands/support/run.ts';

// Real apt on a machine that may be busy.
jest.setTimeout(60_000);

let root: AptRoot;
beforeAll(async () => {
  root = await createAptRoot();
  await root.offer([
    { name: 'late', version: '2.0', fields: { Depends: 'late-data (>= 2)' } },
    { name: 'late-data', version: '2.1' },
  ]);
});
afterAll(async () => await root[Symbol.asyncDispose]());

const packages = { late: '2.0' };

describe('simulation', () => {
  it('reads new lists into a folder that is thrown away, and changes nothing', async () => {
    const before = await mustRun(lookAtAptRoot, root.env);
    const { code, stdout } = await run(simulation({ packages, lists: 'temporary' }), root.env);
    expect(code).toBe(0);
    const { changes } = parseSimulation('one', stdout).transaction;
    const found = { from: null, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(changes.toSorted((a, b) => a.name.localeCompare(b.name))).toMatchObject([
      { name: 'late', to: '2.0', ...found },
      { name: 'late-data', to: '2.1', ...found },
    ]);
    expect(await mustRun(lookAtAptRoot, root.env)).toBe(before);
    expect(await run(simulation({ packages, lists: 'system' }), root.env)).toMatchObject({ code: 100 });
  });

  it('tells the room that the packages take, by apt and by dpkg', async () => {
    await root.offer([
      { name: 'grows', version: '1', fields: { 'Installed-Size': '300' } },
      { name: 'grows', version: '2', fields: { 'Installed-Size': '1000' } },
    ]);
    await mustRun('dpkg --root="$DPKG_ROOT" -i "$DPKG_ROOT"/repo/grows_1_all.deb', root.env);
    const wanted = { grows: '2', late: '2.0' };
    const { stdout } = await run(simulation({ packages: wanted, lists: 'temporary' }), root.env);
    const debs = 'cat "$DPKG_ROOT"/repo/{grows_2,late_2.0,late-data_2.1}_all.deb | wc -c';
    const { room } = parseSimulation('one', stdout);
    expect(room.download).toBe(Number(await mustRun(debs, root.env)));
    const grown = (700 + 1000) * 1024;
    expect(room.unpack).toBeGreaterThanOrEqual(grown);
    // The others have no Installed-Size: their .debs stand for it.
    expect(room.unpack).toBeLessThan(grown + room.download);
  });

  it('takes from the release that is named', async () => {
    const { code, stderr } = await run(
      simulation({ packages, lists: 'temporary', release: 'none' }),
      root.env,
    );
    expect({ code, stderr }).toEqual({
      code: 100,
      stderr: expect.stringContaining("The value 'none' is invalid for APT::Default-Release"),
    });
  });

  it('fails on lists that cannot be read whole', async () => {
    root.serve(false);
    const failed = await run(simulation({ packages, lists: 'temporary' }), root.env);
    root.serve(true);
    expect({ code: failed.code, stdout: failed.stdout }).toEqual({ code: 1, stdout: '' });
    expect(failed.stderr).toContain('could not read every index');
  });

  it.each([
    ['a file', { './late.deb': '1' }],
    ['an option', { '-oDPkg::Pre-Invoke=x': '1' }],
    ['a removal', { late: '1 late-data-' }],
  ])('refuses %s where a package has to stand', async (_what, words) => {
    const { code, stderr } = await run(simulation({ packages: words, lists: 'system' }), root.env);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('the question has no') });
  });
});
