import type { Approval } from '../domain/approval.ts';
import { isRecord } from '../domain/canonical.ts';
import type { Report } from '../domain/report.ts';
import { maskReport } from './mask-report.ts';

/** What is said where a plan is kept without what is approved of it. */
export const KEPT_WITHOUT_APPROVAL =
  "plan.json is kept without what is approved, since a secret's value stands in that: a plan that is another one by the time of the upgrade is refused by its digest, and nobody is shown what changed";

/**
 * What of a report is about the future, masked: `plan.json`.
 * @param approval what of it is approved, which is kept as it is: its digest is that of its very text
 */
export function planDocument(report: Report, approval: Approval | null, mask: (text: string) => string) {
  const { schema, plan, upgrade, digest, versions, services, schemas, planned, outlook, notes, failure } =
    maskReport(report, mask);
  return {
    schema,
    plan,
    upgrade,
    digest,
    approval,
    versions,
    services,
    schemas,
    steps: planned,
    outlook,
    notes,
    refused: failure,
  };
}

/** Would masking change what is approved? @param mask gives a text back with stars for every secret */
export function showsSecret(approval: Approval, mask: (text: string) => string): boolean {
  return textsIn(approval).some((text) => mask(text) !== text);
}

/** Every name and every value in a JSON value, before JSON spells them in its own way. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(textsIn);
  }
  return isRecord(value)
    ? Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)])
    : [String(value)];
}
