import { readFileSync } from 'node:fs';
import type { StepPoint } from '../../../src/domain/plan.ts';

/** The built-in plan with steps more, as its file has them. */
export function planWith(steps: string): string {
  const plan = readFileSync(new URL('../../../plans/synnefo-0.16.yml', import.meta.url), 'utf8');
  return `${plan.trimEnd()}\n${steps}`;
}

/** The built-in plan with one step more, which waits until a host of the role has the file /run/go-on. */
export function pausingPlan(after: StepPoint, role: string): string {
  return planWith(`
  - name: pause
    after: ${after}
    roles: [${role}]
    run: |
      echo paused
      until [ -e /run/go-on ]; do sleep 0.2; done
    repeat: safe
`);
}
