import { join } from 'node:path';
import { attempt, run } from '../../fleet/process.ts';
import { ensureDebianPackages } from '../debian-packages.ts';
import { inPlace } from './place.ts';

/**
 * A folder of Python's with these packages of PyPI, apart from everything that the machine has.
 * @param packages as `zizmor==1.32.0`
 * @returns the folder of their programs
 * @throws CommandFailed with pip's last words
 */
export async function pythonPrograms(packages: readonly string[]): Promise<string> {
  const folder = await inPlace(packages.join(',').replaceAll('==', '-'), async (venv) => {
    const python = await pythonWithVenv();
    await run(python, ['-m', 'venv', venv]);
    await run(join(venv, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages]);
  });
  return join(folder, 'bin');
}

async function pythonWithVenv(): Promise<string> {
  const { code } = await attempt('sh', ['-c', 'python3 -c "import venv, ensurepip"']);
  if (code === 0) {
    return 'python3';
  }
  ensureDebianPackages(['python3', 'python3-venv']);
  return '/usr/bin/python3';
}
