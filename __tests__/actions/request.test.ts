import { afterEach, describe, expect, it } from '@jest/globals';
import { type Request, requestOfRoot } from '../../src/actions/request.ts';

const DIGEST = '0123456789abcdef'.repeat(4);
const given = new Set<string>();

/** The root action's request with these inputs, as the runner hands them over. */
function requestWith(inputs: Readonly<Record<string, string>>): Request {
  for (const [name, value] of Object.entries({ plan: 'p', inventory: 'i', ...inputs })) {
    const variable = `INPUT_${name.toUpperCase()}`;
    given.add(variable);
    process.env[variable] = value;
  }
  return requestOfRoot();
}

afterEach(() => {
  for (const variable of given) {
    delete process.env[variable];
  }
});

describe('the approved plan of a request', () => {
  it('is none where no digest is given', () => {
    expect(requestWith({ 'plan-digest': '', 'approved-plan': '' }).approved).toBeNull();
  });

  it('is a digest, with the artifact that has all of it', () => {
    const approved = { digest: DIGEST, artifact: '17' };
    expect(requestWith({ 'plan-digest': ` ${DIGEST}\n`, 'approved-plan': '17' }).approved).toEqual(approved);
    expect(requestWith({ 'plan-digest': DIGEST, 'approved-plan': '' }).approved?.artifact).toBe('');
  });

  it.each([DIGEST.slice(1), `${DIGEST}0`, DIGEST.toUpperCase(), 'none'])('is not %s', (digest) => {
    expect(() => requestWith({ 'plan-digest': digest })).toThrow(
      /^the input plan-digest is ".*", expected the output plan-digest of the action plan/,
    );
  });

  it('is never silently none: an output that is not there leaves its digest empty', () => {
    expect(() => requestWith({ 'plan-digest': '', 'approved-plan': '17' })).toThrow(
      'the input approved-plan names a plan, and the input plan-digest is empty',
    );
  });
});
