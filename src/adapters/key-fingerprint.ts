import { createHash } from 'node:crypto';

/** `SHA256:...` of a public key in SSH wire format, as ssh-keygen -l prints it. */
export function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/**
 * The key's type, which is the first string of its wire format (RFC 4253, section 6.6).
 * @throws RangeError when the bytes are no key
 */
export function keyType(blob: Buffer): string {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  const type = blob.subarray(4, 4 + length).toString('latin1');
  if (length === 0 || length > 64 || blob.length <= 4 + length || !/^[a-z0-9@.-]+$/.test(type)) {
    throw new RangeError('these bytes are no public key');
  }
  return type;
}
