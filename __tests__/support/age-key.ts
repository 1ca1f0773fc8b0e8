import { generateX25519Identity, identityToRecipient } from 'age-encryption';

/** A fresh pair of keys, as age writes them. */
export async function ageKey(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}
