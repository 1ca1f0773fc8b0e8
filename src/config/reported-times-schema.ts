import { z } from 'zod';
import { PHASES } from '../domain/step.ts';
import { number, numberOrNull, text } from './described.ts';

const TIME = "In milliseconds since 1970 by the runner's clock.";

/** One of the phases. */
export const phase = () => z.enum(PHASES).describe('The phase of the upgrade.');

/** The outage by the journal. */
export const outageSchema = z.strictObject({
  began: number(`The first stop of a service. ${TIME}`),
  ended: numberOrNull(
    `The last good answer, or the last start where none is asked; null while one is missing. ${TIME}`,
  ),
});

const gap = z.strictObject({
  from: number(`When the host was heard last. ${TIME}`),
  to: number(`When it was heard again. ${TIME}`),
});

const probedCheck = z.strictObject({
  host: text('The host that was asked.'),
  role: text('The role whose check it is.'),
  http: text('The address that was asked.'),
  before: z.enum(['good', 'bad', 'unknown']).describe('How it answered before anything was stopped.'),
  bad: numberOrNull(`The first bad answer after a good one; null where there was none. ${TIME}`),
  goodAgain: numberOrNull(`From when on all answers were good again; null while they are not. ${TIME}`),
  gaps: z.array(gap).describe('When nobody could ask.'),
});

/** The outage as a probe saw it. */
export const probeSchema = z.strictObject({
  seconds: numberOrNull(
    'The first bad answer to the last good one again; null where none went bad, or one stayed bad.',
  ),
  checks: z.array(probedCheck).describe('Every health check that was asked all the while.'),
});

/** A journaled step that ended. */
export const stepSchema = z.strictObject({
  host: text('The host that it changed.'),
  id: text("The step's folder on its host."),
  phase: phase(),
  started: number(TIME),
  ended: number(TIME),
  rc: number('Its exit code.'),
});
