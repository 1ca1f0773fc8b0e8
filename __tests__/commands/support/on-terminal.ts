import { runStep, type Tenure } from '../../../src/commands/step.ts';
import type { Answer } from '../../../src/domain/step.ts';
import { scriptStep } from '../../../src/phases/steps.ts';
import type { MovedHost } from '../../support/moved-host.ts';

const tenure: Tenure = { upgrade: 'u1', lock: 'lock-1', epoch: 1 };

export interface Ended {
  readonly rc: number;
  /** What the step's log has. */
  readonly bytes: Buffer;
  /** The same as text, without the carriage returns of the terminal. */
  readonly output: string;
}

/** Runs a script on a terminal; a second without output counts as a question when somebody reads. */
export async function onTerminal(
  one: MovedHost,
  script: string,
  answers: readonly Answer[] = [],
): Promise<Ended> {
  const step = scriptStep({
    id: 'migrate.web.0',
    phase: 'migrate',
    host: 'one',
    title: 'migrate',
    script,
    terminal: true,
    answers,
  });
  const chunks: Buffer[] = [];
  const { stderr } = await one.exec(runStep(step, tenure, 'start', 0), {
    onStdout: (chunk) => {
      chunks.push(Buffer.from(chunk));
    },
  });
  const bytes = Buffer.concat(chunks);
  return {
    rc: Number(stderr.trim().split(' ')[0]),
    bytes,
    output: bytes.toString('utf8').replaceAll('\r', ''),
  };
}
