import type { DumpPoint, StepPoint } from '../domain/plan.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import type { Phase, Stage } from '../domain/step.ts';
import { backupDb, type DumpWork } from './backup-db.ts';
import type { Secrets } from './health.ts';
import { installPackages } from './install-packages.ts';
import { type Guard, migrate } from './migrate.ts';
import { prepare } from './prepare.ts';
import { runSteps } from './run-steps.ts';
import { startServices } from './start-services.ts';
import { stopServices } from './stop-services.ts';
import { verify } from './verify.ts';

/** What the phases need besides the plan. */
export interface UpgradeMeans {
  readonly upgrade: string;
  readonly secrets: Secrets;
  readonly dumps: DumpWork;
  readonly guard: Guard;
}

/** A phase, or the one of its turns that an upgrade takes at this place: what one action runs. */
export interface Turn {
  readonly phase: Phase;
  /** The point of a dump, or the phase that a plan's own steps follow; null where a phase has one turn alone. */
  readonly at: DumpPoint | StepPoint | null;
}

/** A turn with what it does. */
export interface Part extends Turn {
  readonly stages: readonly Stage[];
}

/** The whole upgrade, in order. */
export function partsOf(
  resolved: ResolvedPlan,
  { upgrade, secrets, dumps, guard }: UpgradeMeans,
): readonly Part[] {
  const one = (phase: Phase, stages: Stage[]): Part => ({ phase, at: null, stages });
  const dump = (at: DumpPoint): Part => ({ phase: 'backup-db', at, stages: backupDb(resolved, at, dumps) });
  const steps = (at: StepPoint): Part => ({
    phase: 'run-steps',
    at,
    stages: runSteps(resolved, at, secrets),
  });
  return [
    one('prepare', prepare(resolved, upgrade)),
    steps('prepare'),
    one('stop-services', stopServices(resolved)),
    dump('before'),
    steps('stop'),
    one('install-packages', installPackages(resolved, upgrade, guard)),
    steps('install'),
    one('migrate', migrate(resolved, guard)),
    dump('after-migrate'),
    steps('migrate'),
    dump('after-steps'),
    one('start-services', startServices(resolved, secrets)),
    one('verify', verify(resolved)),
  ];
}

/** The stages of several parts, in order. */
export function stagesOf(parts: readonly Part[]): Stage[] {
  return parts.flatMap(({ stages }) => stages);
}

/** The parts that a turn means; all of them where there is none. */
export function partsAt(parts: readonly Part[], turn: Turn | null): Part[] {
  return parts.filter(({ phase, at }) => turn === null || (phase === turn.phase && at === turn.at));
}

/** As people call a turn and its action: `backup-db (point: before)`. */
export function describeTurn({ phase, at }: Turn): string {
  return at === null ? phase : `${phase} (${phase === 'backup-db' ? 'point' : 'after'}: ${at})`;
}
