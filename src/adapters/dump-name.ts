/**
 * Refuses names that a file system, the artifact service or a shell could take for something else.
 * The ending matters: the artifact client derives a content type from it, so dumps end in `.age`, `.dump` or `.sql`.
 * @throws RangeError
 */
export function checkDumpName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/.test(name)) {
    throw new RangeError(`${JSON.stringify(name)} cannot be the name of a stored dump`);
  }
  return name;
}
