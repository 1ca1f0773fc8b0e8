import { openLog } from '../adapters/log.ts';
import { annotationText, explainFailure } from '../report/failure.ts';

/** Runs one action; alone turns an error into an exit code, with one annotation. */
export async function runAction(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const { title, text } = annotationText(explainFailure(error));
    openLog().error(title, text);
    process.exitCode = 1;
  }
}
