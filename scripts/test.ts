// Everything that must hold: `npm test`. `npm test -- --quick` leaves the fleet out, for the hand at work.
// Where a fleet cannot run, it says so and fails, unless FLEET=skip is set.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obstacle } from '../fleet/index.ts';

/** Tests that upgrade whole fleets. */
const ON_FLEETS = ['__tests__/fleet/', '__tests__/faults/'];

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const [option, ...others] = process.argv.slice(2);
if (others.length > 0 || (option !== undefined && option !== '--quick')) {
  throw new Error(`unknown argument: ${process.argv.slice(2).join(' ')} (there is only --quick)`);
}
process.exitCode = test(option === '--quick');

function test(quick: boolean): number {
  const checks = [
    check('types', 'tsc', ['--noEmit', '-p', '.']),
    check('lint', 'biome', ['check', '--error-on-warnings', '.']),
    check('schemas', 'node', ['scripts/schemas.ts', '--check']),
    check('manuals', 'node', ['scripts/manuals.ts', '--check']),
    check('look program', 'node', ['scripts/look.ts', '--check']),
    check('workflows', 'node', ['scripts/lint-workflows.ts']),
    jest('unit, contract and bundle', ['--testPathIgnorePatterns', ...ON_FLEETS]),
    ...(quick ? [] : onFleets()),
  ];
  const passed = checks.reduce((sum, counts) => sum + counts.passed, 0);
  const failed = checks.reduce((sum, counts) => sum + counts.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function onFleets(): Counts[] {
  const why = obstacle();
  if (why === undefined) {
    // Most of the time they wait for hosts to boot and services to answer: two fleets share two cores well.
    return [jest('upgrades of the fleet', ['--maxWorkers', '2', ...ON_FLEETS])];
  }
  console.log(`\nThe fleet is left out: ${why}. Set FLEET=skip to pass without it.`);
  return process.env.FLEET === 'skip' ? [] : [{ passed: 0, failed: 1 }];
}

function check(title: string, command: string, args: readonly string[]): Counts {
  const code = run(title, command, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function jest(title: string, args: readonly string[]): Counts {
  const folder = mkdtempSync(join(tmpdir(), 'synnefo-upgrade-test-'));
  const file = join(folder, 'jest.json');
  try {
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const code = run(title, 'node', [
      ...flags,
      'node_modules/jest/bin/jest.js',
      '--json',
      '--outputFile',
      file,
      ...args,
    ]);
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(
      readFileSync(file, 'utf8'),
    ) as Record<string, number>;
    // A file that cannot even be loaded has no failed test, and yet nothing of it was shown.
    return { passed: passed ?? 0, failed: Math.max(failed ?? 0, code === 0 ? 0 : 1) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(title: string, command: string, args: readonly string[]): number {
  console.log(`\n== ${title}`);
  const started = Date.now();
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error !== undefined) {
    throw error;
  }
  console.log(
    `== ${title}: ${status === 0 ? 'good' : `failed (${status})`}, ${((Date.now() - started) / 1000).toFixed(0)} s`,
  );
  return status ?? 1;
}
