import { ConfigurationError } from '../domain/errors.ts';
import type { DumpStore } from '../ports.ts';
import { hasArtifactService } from './artifact-service.ts';
import { ArtifactStore, type ArtifactStoreOptions } from './artifact-store.ts';
import { DirectoryStore } from './directory-store.ts';

/**
 * Artifacts where the runner offers them; a folder otherwise, which only then counts as the lasting place.
 * @param directory the input that names the folder, empty when not given
 * @throws ConfigurationError when there is neither
 */
export function chooseStore(directory: string, options: ArtifactStoreOptions = {}): DumpStore {
  const env = options.env ?? process.env;
  if (hasArtifactService(env)) {
    return new ArtifactStore(options);
  }
  if (directory.trim() === '') {
    throw new ConfigurationError(
      'there is nowhere to keep dumps: outside of GitHub Actions, and on GitHub Enterprise Server, a directory for them must be given',
    );
  }
  return new DirectoryStore(directory);
}
