import { describe, expect, it } from '@jest/globals';
import { approvalOf } from '../../src/domain/approval.ts';
import { digestOf } from '../../src/domain/canonical.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import { planDocument, showsSecret } from '../../src/report/plan-document.ts';
import { plannedOf, reportOf } from '../support/report.ts';
import { aResolved } from '../support/resolved.ts';

const resolved = aResolved();
const approval = approvalOf(resolved, scopeOf(resolved.plan, resolved.inventory, []));

const stars =
  (secret: string) =>
  (text: string): string =>
    text.replaceAll(secret, '***');

describe('planDocument', () => {
  it('masks what is told, and leaves what is approved as its digest is', () => {
    const report = reportOf({
      digest: digestOf(approval),
      notes: ['said swordfish'],
      planned: [plannedOf()],
    });
    const document = planDocument(report, approval, stars('swordfish'));
    expect(document).toMatchObject({ notes: ['said ***'], steps: [plannedOf()], refused: null });
    expect(digestOf(JSON.parse(JSON.stringify(document.approval)))).toBe(document.digest);
  });
});

describe('showsSecret', () => {
  it.each([
    ['the name of a host', 'three'],
    ['a part of a command', 'back migr'],
    ['a version', '2.1'],
    ['a number', '90'],
    ['what JSON spells in another way', '\\('],
  ])('finds a secret that is %s', (_, secret) => {
    expect(showsSecret(approval, stars(secret))).toBe(true);
  });

  it('finds nothing where no value of a secret stands', () => {
    expect(showsSecret(approval, stars('swordfish'))).toBe(false);
  });
});
