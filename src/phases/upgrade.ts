import type { ResolvedPlan } from '../domain/resolved.ts';
import type { Stage } from '../domain/step.ts';
import { backupDb, type DumpWork } from './backup-db.ts';
import { installPackages } from './install-packages.ts';
import { type Guard, migrate } from './migrate.ts';
import { prepare } from './prepare.ts';
import { runSteps } from './run-steps.ts';
import { type Secrets, startServices } from './start-services.ts';
import { stopServices } from './stop-services.ts';
import { verify } from './verify.ts';

/** What the phases need besides the plan. */
export interface UpgradeParts {
  readonly upgrade: string;
  readonly secrets: Secrets;
  readonly dumps: DumpWork;
  readonly guard: Guard;
}

/** The whole upgrade, in order. */
export function stagesOf(resolved: ResolvedPlan, { upgrade, secrets, dumps, guard }: UpgradeParts): Stage[] {
  return [
    ...prepare(resolved, upgrade),
    ...runSteps(resolved, 'prepare', secrets),
    ...stopServices(resolved),
    ...backupDb(resolved, 'before', dumps),
    ...runSteps(resolved, 'stop', secrets),
    ...installPackages(resolved, upgrade, guard),
    ...runSteps(resolved, 'install', secrets),
    ...migrate(resolved, guard),
    ...backupDb(resolved, 'after-migrate', dumps),
    ...runSteps(resolved, 'migrate', secrets),
    ...backupDb(resolved, 'after-steps', dumps),
    ...startServices(resolved, secrets),
    ...verify(resolved),
  ];
}
