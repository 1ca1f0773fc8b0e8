import { PHASES } from '../domain/step.ts';

/** What an action does: the step itself, and what comes after the job. */
export interface Action {
  main(): Promise<void>;
  post?(): Promise<void>;
}

/** The actions by the names of their folders. Loaded when run, so that none waits for what only another one needs. */
export const actions: Readonly<Record<string, () => Promise<Action>>> = {
  connect: () => import('./connect.ts'),
  plan: () => import('./plan.ts'),
  unlock: () => import('./unlock.ts'),
  upgrade: () => import('./upgrade.ts'),
  ...Object.fromEntries(
    PHASES.map((phase) => [phase, async () => (await import('./phase.ts')).phaseAction(phase)]),
  ),
};
