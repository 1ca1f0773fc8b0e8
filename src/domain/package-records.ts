/** What the package lists, or dpkg, say of one package in one version. */
export interface PackageRecord {
  /** Of the .deb (hex); null where the record has none. */
  readonly sha256: string | null;
  /** Bytes of the .deb; 0 where it is not told, as of a package that is installed. */
  readonly size: number;
  /** Bytes of what is in it once it is installed, as its maker counted; 0 where that is not told. */
  readonly installedSize: number;
}

/** The key of a record. */
export function recordKey(name: string, version: string, architecture: string): string {
  return `${name} ${version} ${architecture}`;
}

/** By `recordKey`. Of several records of one the first counts, which is apt's choice too. */
export function parsePackageRecords(stdout: string): Map<string, PackageRecord> {
  const records = new Map<string, PackageRecord>();
  for (const block of stdout.split(/\n{2,}/)) {
    const field = (name: string): string => new RegExp(`^${name}: (\\S+)$`, 'm').exec(block)?.[1] ?? '';
    const key = recordKey(field('Package'), field('Version'), field('Architecture'));
    if (field('Package') !== '' && !records.has(key)) {
      const sha256 = field('SHA256');
      records.set(key, {
        sha256: /^[0-9a-f]{64}$/.test(sha256) ? sha256 : null,
        size: numberIn(field('Size')),
        // deb-control(5) counts in units of 1024 bytes.
        installedSize: numberIn(field('Installed-Size')) * 1024,
      });
    }
  }
  return records;
}

function numberIn(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
