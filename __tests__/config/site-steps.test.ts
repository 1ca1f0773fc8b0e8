import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { loadPlan } from '../../src/config/load-plan.ts';
import { aFolder } from './files.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { plan } = loadPlan('synnefo-0.16', { builtInFolder: `${root}plans`, workspace: root });

/** A step's script with every path of /etc led into a folder. */
function scriptIn(folder: string, name: string): string {
  const script = plan.steps.find((step) => step.name === name)?.run ?? '';
  expect(script).toContain('/etc/');
  return script.replaceAll('/etc/', `${folder}/etc/`);
}

/** What a file is once a step ran on it, twice: all steps of the plan are said to be repeatable. */
function after(step: string, file: string, text: string): string {
  using folder = aFolder({ [file]: text });
  const script = scriptIn(folder.path, step);
  execFileSync('bash', ['-c', script]);
  execFileSync('bash', ['-c', script]);
  return readFileSync(join(folder.path, file), 'utf8');
}

const GUNICORN = `CONFIG = {
    'environment': { 'DJANGO_SETTINGS_MODULE': 'synnefo.settings' },
    'user': 'www-data',
    "group" : "www-data",
    'args': ('--bind=127.0.0.1:8080', '--workers=4', '--log-level=debug'),
}
`;

describe('gunicorn-user', () => {
  it('gives gunicorn its new user and group, and leaves the rest', () => {
    expect(after('gunicorn-user', 'etc/gunicorn.d/synnefo', GUNICORN)).toBe(
      GUNICORN.replace("'www-data'", "'synnefo'").replace('"www-data"', "'synnefo'"),
    );
  });

  it('fails where somebody else is set', () => {
    using folder = aFolder({ 'etc/gunicorn.d/synnefo': GUNICORN.replace("'www-data'", "'cloud'") });
    const { status, stderr } = spawnSync('bash', ['-c', scriptIn(folder.path, 'gunicorn-user')], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([
      1,
      `${folder.path}/etc/gunicorn.d/synnefo: no user synnefo: set it by hand\n`,
    ]);
  });

  it('fails where there is no such file', () => {
    using folder = aFolder();
    expect(spawnSync('bash', ['-c', scriptIn(folder.path, 'gunicorn-user')]).status).not.toBe(0);
  });
});

describe('dispatcher-settings', () => {
  it.each([
    ['--workers=2', ''],
    ['--debug --workers 4', '--debug'],
    ['--workers=4 --debug', ' --debug'],
    ['--debug', '--debug'],
    ['', ''],
  ])('takes the workers out of "%s"', (options, left) => {
    const file = (user: string, text: string) =>
      `# Settings\nSNF_USER="${user}"\nSNF_DSPTCH_OPTS="${text}"\n`;
    expect(after('dispatcher-settings', 'etc/default/snf-dispatcher', file('www-data', options))).toBe(
      file('synnefo', left),
    );
  });
});
