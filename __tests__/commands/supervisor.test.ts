import { describe, expect, it, jest } from '@jest/globals';
import { QUESTION_SECONDS, supervisor, UNANSWERED } from '../../src/commands/supervisor.ts';
import type { Answer } from '../../src/domain/step.ts';
import type { MovedHost } from '../support/moved-host.ts';
import { lockedHost } from '../support/moved-hosts.ts';
import { onTerminal } from './support/on-terminal.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const STALE: Answer = { prompt: 'stale and need to be deleted', say: 'no' };

async function question(one: MovedHost): Promise<string> {
  const { stdout } = await one.exec({
    title: 'look',
    script: `cat ${one.root}/upgrades/u1/steps/migrate.web.0/question`,
  });
  return stdout.replaceAll('\r', '');
}

describe('supervisor', () => {
  it('waits twenty seconds for real: only the tests are impatient', () => {
    expect(supervisor.text).toContain(`QUESTION_TICKS=${QUESTION_SECONDS * 5} `);
    expect(QUESTION_SECONDS).toBe(20);
  });

  it('gives a script a terminal, and its exit code back', async () => {
    await using hosts = await lockedHost();
    const { rc, output } = await onTerminal(hosts.one, 'tty >/dev/null && echo a terminal; umask; exit 9');
    expect({ rc, output }).toEqual({ rc: 9, output: 'a terminal\n0022\n' });
  });

  it('answers the question that the plan names, each time it is asked', async () => {
    await using hosts = await lockedHost();
    // As the real one: many lines, a prompt with a space and no newline, asked more than once.
    const ask = `printf "The following are stale and need to be deleted:\\n\\n    auth | message\\n\\n    Type 'yes' or 'no': "; read -r word; echo "heard $word";`;
    const { rc, output } = await onTerminal(hosts.one, `${ask} echo between; ${ask}`, [STALE]);
    expect(rc).toBe(0);
    expect(output.match(/heard no\n/g)).toHaveLength(2);
    expect(output).toContain("Type 'yes' or 'no': no\n");
  });

  it('answers a program that reads by readline, which waits in select', async () => {
    await using hosts = await lockedHost();
    const ask = 'read -e -r -p "These are stale and need to be deleted: " word; echo "heard $word"';
    const { rc, output } = await onTerminal(hosts.one, ask, [STALE]);
    expect(rc).toBe(0);
    expect(output).toContain('heard no\n');
  });

  it('answers nothing else: another question ends the step, with its text', async () => {
    await using hosts = await lockedHost();
    const script = 'printf "Reformat the disk? [y/N] "; read -r word; echo "heard $word"';
    const { rc, output } = await onTerminal(hosts.one, script, [STALE]);
    expect(rc).toBe(UNANSWERED);
    expect(output).toContain('the step waits for an answer that the plan does not have');
    expect(output).not.toContain('heard');
    expect(await question(hosts.one)).toBe('Reformat the disk? [y/N] ');
  });

  it('answers nothing where the plan has no answers at all', async () => {
    await using hosts = await lockedHost();
    const { rc, output } = await onTerminal(hosts.one, 'printf "Go on? "; read -r word; echo "heard $word"');
    expect(rc).toBe(UNANSWERED);
    expect(output).not.toContain('heard');
  });

  it('does not answer for the prompt of an answered question', async () => {
    await using hosts = await lockedHost();
    const script =
      'printf "stale and need to be deleted: "; read -r a; echo "heard $a"; printf "Really? "; read -r b; echo "again $b"';
    const { rc, output } = await onTerminal(hosts.one, script, [STALE]);
    expect(rc).toBe(UNANSWERED);
    expect(output).toContain('heard no\n');
    expect(output).not.toContain('again');
    expect(await question(hosts.one)).toMatch(/Really\? $/);
  });

  it('takes no text for a question while nobody reads the terminal', async () => {
    await using hosts = await lockedHost();
    // Silent for longer than the limit, once asleep and once reading a pipe, with the prompt's words on the screen.
    const script =
      'echo "stale and need to be deleted"; sleep 3; { sleep 3; echo late; } | { read -r word; echo "got $word"; }';
    const { rc, output } = await onTerminal(hosts.one, script, [STALE]);
    expect({ rc, output }).toEqual({ rc: 0, output: 'stale and need to be deleted\ngot late\n' });
  });

  it('ends a script that never stops asking, and leaves no process of it', async () => {
    await using hosts = await lockedHost();
    const script = `trap '' HUP TERM; echo $$ >${hosts.one.root}/asker; while :; do printf 'Again? '; read -r w || exit 3; done`;
    const { rc } = await onTerminal(hosts.one, script);
    expect(rc).toBe(UNANSWERED);
    const look = `grep -qs '^State:.[^ZX]' /proc/$(cat ${hosts.one.root}/asker)/status && echo lives; true`;
    const { stdout } = await hosts.one.exec({ title: 'look', script: look });
    expect(stdout).toBe('');
  });

  it('keeps words that shells and patterns would take for their own', async () => {
    await using hosts = await lockedHost();
    const hard = { prompt: `[a-z]* "it's" $(id) \\?`, say: `$(touch /tmp/never) 'x' "y" \\ *` };
    const script = `printf '%s' '[a-z]* "it'\\''s" $(id) \\?'; IFS= read -r word; printf 'heard %s\\n' "$word"`;
    const { rc, output } = await onTerminal(hosts.one, script, [hard]);
    expect(rc).toBe(0);
    expect(output).toContain(`heard ${hard.say}\n`);
  });
});
