/** One downloaded package file. */
export interface Download {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Reads what `download` of apt.ts prints.
 * @throws Error with the line that was not understood
 */
export function parseDownloads(stdout: string): Download[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const match = /^deb ([0-9a-f]{64}) (\d+) (\S+) (\S+) (\S+) (\/.+)$/.exec(line);
    const [, sha256 = '', bytes = '', name = '', version = '', architecture = '', path = ''] = match ?? [];
    if (match === null) {
      throw new Error(`a line about a downloaded package is not understood: ${JSON.stringify(line)}`);
    }
    return { name, version, architecture, path, sha256, bytes: Number(bytes) };
  });
}
