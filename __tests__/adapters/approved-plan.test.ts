import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Faults } from '../../fleet/artifact-service.ts';
import { readApprovedPlan } from '../../src/adapters/approved-plan.ts';
import { ArtifactStore } from '../../src/adapters/artifact-store.ts';
import { artifactRunner, type Runner } from '../support/artifact-runner.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const APPROVAL = { schema: 1, plan: 'shop' };

async function uploaded(
  text: string,
  test: (artifact: string, runner: Runner) => Promise<void>,
  faults: Faults = {},
): Promise<void> {
  await using folder = await temporaryFolder();
  await using runner = await artifactRunner(folder.path, faults);
  const file = join(folder.path, 'plan.json');
  await writeFile(file, text);
  const { id } = await new ArtifactStore({ retentionDays: 30 }).put(file, 'shop.plan.1.json');
  await test(String(id), runner);
}

describe('readApprovedPlan', () => {
  it('has what was approved, from an artifact of this run', async () => {
    await uploaded(JSON.stringify({ approval: APPROVAL, digest: 'x' }), async (artifact) => {
      expect(await readApprovedPlan(artifact)).toEqual(APPROVAL);
    });
  });

  it('has it from a zip, where the service takes no raw files', async () => {
    await uploaded(
      JSON.stringify({ approval: APPROVAL }),
      async (artifact) => {
        expect(await readApprovedPlan(artifact)).toEqual(APPROVAL);
      },
      { contentTypes: ['application/zip'] },
    );
  });

  it.each([
    ['{}', 'it is no plan of the action plan'],
    ['{"approval":null}', "it was kept without what is approved, since a secret's value stands in that"],
    ['no JSON', 'not valid JSON'],
  ])('says that nothing can be compared with %s', async (text, words) => {
    await uploaded(text, async (artifact) => {
      await expect(readApprovedPlan(artifact)).rejects.toThrow(
        new RegExp(`^the approved plan \\(artifact ${artifact}\\) cannot be read: .*${words}`),
      );
    });
  });

  it('says that there is none, or none in this run', async () => {
    await uploaded('{}', async (artifact, { become }) => {
      await expect(readApprovedPlan('4711')).rejects.toThrow(
        /artifact 4711\) cannot be read: No artifacts found/,
      );
      become('2');
      await expect(readApprovedPlan(artifact)).rejects.toThrow('No artifacts found');
    });
  });

  it('says when it was not named, and when nobody has artifacts here', async () => {
    await expect(readApprovedPlan('', {})).rejects.toThrow('the input approved-plan');
    await expect(readApprovedPlan('1', {})).rejects.toThrow('there is no artifact service here');
  });
});
