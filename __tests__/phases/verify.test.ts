import { describe, expect, it } from '@jest/globals';
import { verify } from '../../src/phases/verify.ts';
import { aResolved, aResolvedHost, laneIds, stepOf, stepsIn } from '../support/resolved.ts';

describe('verify', () => {
  it('looks at services, versions, schemas and servers, all at once', () => {
    expect(laneIds(verify(aResolved()))).toEqual([
      ['one verify.running.web'],
      ['one verify.running.queue'],
      ['two verify.running.web'],
      ['two verify.running.queue'],
      ['one verify.versions'],
      ['two verify.versions'],
      ['three verify.versions'],
      ['one verify.schema.front'],
      ['one verify.schema.back'],
      ['one verify.server.5432'],
    ]);
  });

  it('only reads', () => {
    expect(stepsIn(verify(aResolved())).filter(({ kind }) => kind !== 'check')).toEqual([]);
  });

  it('leaves out the versions of a host on which nothing was installed', () => {
    const resolved = aResolved();
    const hosts = { ...resolved.hosts, two: aResolvedHost() };
    expect(laneIds(verify({ ...resolved, hosts })).flat()).not.toContain('two verify.versions');
  });

  it('wants the right answer from a database server', () => {
    const step = stepOf(verify(aResolved()), 'one', 'verify.server.5432');
    if (step.kind !== 'check') {
      throw new Error('a server is asked by a check');
    }
    expect(step.judge('1\n')).toEqual([]);
    expect(step.judge('psql: error\n')).toEqual(['it answered "psql: error"']);
  });
});
