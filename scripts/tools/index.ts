import { join } from 'node:path';
import { goProgram } from './go.ts';
import { pythonPrograms } from './python.ts';

const FROM_PYPI = ['zizmor==1.32.0', 'check-jsonschema==0.39.0'];

/** Runs workflows: nektos/act. @returns the program's path */
export async function act(): Promise<string> {
  return await goProgram('github.com/nektos/act', 'v0.2.89');
}

/** Checks workflows and the inputs that they give. @returns the program's path */
export async function actionlint(): Promise<string> {
  return await goProgram('github.com/rhysd/actionlint/cmd/actionlint', 'v1.7.12');
}

/** Looks for what makes workflows unsafe. @returns the program's path */
export async function zizmor(): Promise<string> {
  return join(await pythonPrograms(FROM_PYPI), 'zizmor');
}

/** Checks files against published schemas. @returns the program's path */
export async function checkJsonschema(): Promise<string> {
  return join(await pythonPrograms(FROM_PYPI), 'check-jsonschema');
}
