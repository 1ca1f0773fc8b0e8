// Checks workflows, manifests and examples with the tools that others use for it: `npm run lint:workflows`.
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unqueued } from '../fleet/act/export.ts';
import { attempt } from '../fleet/process.ts';
import { actionlint, checkJsonschema, zizmor } from './tools/index.ts';

const root = join(import.meta.dirname, '..');
const workflows = globSync('{.github,examples}/workflows/*.yml', { cwd: root }).sort();
const manifests = globSync('{.,actions/*}/action.yml', { cwd: root }).sort();

const audit = ['--offline', '--quiet', '--persona=auditor', '--config', '.github/zizmor.yml'];
await must('zizmor', await zizmor(), [
  ...audit,
  '.',
  ...workflows.filter((file) => file.startsWith('examples/')),
]);
const schema = await checkJsonschema();
await must('manifests', schema, ['--builtin-schema', 'vendor.github-actions', ...manifests]);
await must('workflows', schema, ['--builtin-schema', 'vendor.github-workflows', ...workflows]);
await lintCopy();

/**
 * actionlint knows neither `$/` nor another repository's manifests: on a copy, where both are paths of the copy, it
 * also checks what is given to this project's actions and workflows. Nor does it know `queue`, which the schema checks.
 */
async function lintCopy(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'synnefo-upgrade-lint-'));
  try {
    const folder = join(copy, '.github', 'workflows');
    mkdirSync(folder, { recursive: true });
    // How it knows a repository.
    mkdirSync(join(copy, '.git'));
    cpSync(join(root, 'actions'), join(copy, 'actions'), { recursive: true });
    for (const file of workflows) {
      const name = file.startsWith('examples/')
        ? `example-${file.split('/').at(-1)}`
        : file.split('/').at(-1);
      writeFileSync(join(folder, name ?? ''), withinCopy(readFileSync(join(root, file), 'utf8')));
    }
    for (const [index, text] of shownInManuals().entries()) {
      writeFileSync(join(folder, `manual-${index + 1}.yml`), withinCopy(text));
    }
    const files = readdirSync(folder).map((name) => join(folder, name));
    await must('actionlint', await actionlint(), ['-shellcheck=', '-pyflakes=', ...files], copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The whole workflows that the manuals show. */
function shownInManuals(): string[] {
  const texts = globSync('{README,docs/*}.md', { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  return texts.flatMap((text) =>
    [...text.matchAll(/^```yaml\n(on:[\s\S]*?)^```$/gm)].map(([, block = '']) => block),
  );
}

function withinCopy(text: string): string {
  return unqueued(text)
    .replaceAll('uses: $/', 'uses: ./')
    .replaceAll(/uses: OWNER\/synnefo-upgrade@\S+/g, 'uses: ./actions/upgrade')
    .replaceAll(/uses: OWNER\/synnefo-upgrade\/(\S+)@\S+/g, 'uses: ./$1');
}

async function must(title: string, program: string, args: readonly string[], cwd = root): Promise<void> {
  const { code, stdout, stderr } = await attempt(program, args, { cwd });
  if (code !== 0) {
    console.error(`${title}:\n${stdout}${stderr}`.trimEnd());
    process.exitCode = 1;
  }
}
