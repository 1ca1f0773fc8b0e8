import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Decrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { Encryption, parseRecipients } from '../../src/adapters/encryption.ts';
import { ConfigurationError } from '../../src/domain/errors.ts';
import { ageKey } from '../support/age-key.ts';

describe('parseRecipients', () => {
  it('reads one a line, without comments, empty lines, blanks and repetitions', async () => {
    const [first, second] = [(await ageKey()).recipient, (await ageKey()).recipient];
    const text = `# the operators\r\n${first}\r\n\n  ${second} # the safe\n${first}\n`;
    expect(await parseRecipients(text)).toEqual([first, second]);
  });

  it('takes keys that withstand quantum computers', async () => {
    const recipient = await identityToRecipient(await generateHybridIdentity());
    expect(await parseRecipients(recipient)).toEqual([recipient]);
  });

  it.each(['', '\n', '# nobody\n'])('wants at least one: %j', async (text) => {
    await expect(parseRecipients(text)).rejects.toThrow('encrypt-to names no recipient');
  });

  it('tells every mistake at once, with its line, and takes none of them', async () => {
    const { recipient } = await ageKey();
    const text = [
      recipient,
      'ssh-ed25519 AAAAC3Nza someone',
      recipient.slice(0, -1),
      'mallory',
      'age1yubikey1qwerty',
    ];
    const error = await parseRecipients(text.join('\n')).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    const { mistakes } = error as ConfigurationError;
    expect(mistakes.map(({ file, line }) => `${file}:${line}`)).toEqual(
      [2, 3, 4, 5].map((l) => `encrypt-to:${l}`),
    );
    expect(mistakes.map(({ message }) => message)).toEqual([
      expect.stringContaining('keys of ssh are not supported'),
      expect.stringContaining('no valid age public key'),
      expect.stringContaining('starts with age1'),
      expect.stringContaining('keys of age plugins are not supported'),
    ]);
  });

  it('sees a secret key and does not repeat it', async () => {
    const { identity } = await ageKey();
    const error = await parseRecipients(identity.toLowerCase()).catch(String);
    expect(error).toContain('this is a secret key');
    expect(error).not.toContain(identity.slice(20).toLowerCase());
  });
});

describe('Encryption', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 1_000_000])('round trip of %d bytes to two keys', async (size) => {
    const keys = [await ageKey(), await ageKey()];
    const plain = randomBytes(size);
    const encrypted = await encrypt(
      plain,
      await parseRecipients(keys.map(({ recipient }) => recipient).join('\n')),
    );
    for (const { identity } of keys) {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      expect(Buffer.from(await decrypter.decrypt(encrypted)).equals(plain)).toBe(true);
    }
  });

  it('shows nothing of the plain text, and two ciphertexts of it differ', async () => {
    const recipients = [(await ageKey()).recipient];
    const plain = Buffer.from('COPY auth_user (id, username, password) FROM stdin;\n'.repeat(100));
    const [first, second] = [await encrypt(plain, recipients), await encrypt(plain, recipients)];
    expect(first.includes('COPY')).toBe(false);
    expect(first.equals(second)).toBe(false);
  });

  it('cannot be decrypted with another key, nor when it was ended early', async () => {
    const { identity, recipient } = await ageKey();
    const stranger = new Decrypter();
    stranger.addIdentity((await ageKey()).identity);
    await expect(stranger.decrypt(await encrypt(randomBytes(10), [recipient]))).rejects.toThrow(
      'no identity',
    );

    const chunks: Uint8Array[] = [];
    const encryption = await Encryption.start([recipient], async (chunk) => void chunks.push(chunk));
    await encryption.write(randomBytes(200_000));
    await encryption.abort();
    const friend = new Decrypter();
    friend.addIdentity(identity);
    await expect(friend.decrypt(Buffer.concat(chunks))).rejects.toThrow();
  });

  it('holds the writer back while the sink is busy', async () => {
    let busy = false;
    let [sunk, most] = [0, 0];
    const encryption = await Encryption.start([(await ageKey()).recipient], async (chunk) => {
      expect(busy).toBe(false);
      busy = true;
      await new Promise(setImmediate);
      busy = false;
      sunk += chunk.length;
    });
    for (let written = 0; written < 100; written++) {
      await encryption.write(Buffer.alloc(65_536));
      most = Math.max(most, (written + 1) * 65_536 - sunk);
    }
    await encryption.finish();
    expect(most).toBeLessThan(8 * 65_536);
  });

  it('tells the writer what the sink suffered', async () => {
    const encryption = await Encryption.start([(await ageKey()).recipient], async () => {
      throw new Error('the sink broke');
    });
    const writeUntilTold = async () => {
      for (let written = 0; written < 100; written++) {
        await encryption.write(Buffer.alloc(65_536));
      }
    };
    await expect(writeUntilTold()).rejects.toThrow('the sink broke');
    await expect(encryption.finish()).rejects.toThrow('the sink broke');
  });
});

async function encrypt(plain: Buffer, recipients: readonly string[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const encryption = await Encryption.start(recipients, async (chunk) => void chunks.push(chunk));
  for (let start = 0; start < plain.length; start += 30_000) {
    await encryption.write(plain.subarray(start, start + 30_000));
  }
  await encryption.finish();
  return Buffer.concat(chunks);
}
