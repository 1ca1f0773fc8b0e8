import type { Inventory, SiteInventory } from '../domain/inventory.ts';
import { type DumpPoint, type Plan, type PlanStep, type Service, servicesOf } from '../domain/plan.ts';
import type { InventoryFile } from './inventory-schema.ts';
import type { PlanFile } from './plan-schema.ts';

const POINTS: readonly DumpPoint[] = ['before', 'after-migrate', 'after-steps'];

/** Fills what one part of a plan takes from another. */
export function normalisePlan(file: PlanFile): Plan {
  const names = servicesOf(file);
  const start = file['start-order'] ?? names;
  const special = (name: string): Service =>
    (Object.hasOwn(file.services, name) ? file.services[name] : null) ?? {};
  return {
    ...file,
    'start-order': start,
    'stop-order': file['stop-order'] ?? start,
    services: { ...file.services, ...Object.fromEntries(names.map((name) => [name, special(name)])) },
    dumps: POINTS.filter((point) => point === 'before' || file.dumps.includes(point)),
    steps: file.steps.map(normaliseStep),
  };
}

/** A file placed twice is the same file; nobody but its author knows that of a script. */
function normaliseStep(step: PlanFile['steps'][number]): PlanStep {
  return { ...step, repeat: step.repeat ?? (step.file === undefined ? 'restore-first' : 'safe') };
}

/** A host without an address is reached by its name. */
export function normaliseInventory(file: InventoryFile): SiteInventory {
  const hosts = Object.entries(file.hosts).map(([name, host]) => [
    name,
    { ...host, address: host.address ?? name },
  ]);
  return { ...file, hosts: Object.fromEntries(hosts) as Inventory['hosts'] };
}
