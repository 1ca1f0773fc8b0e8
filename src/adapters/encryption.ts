import { ConfigurationError, type Mistake } from '../domain/errors.ts';

type Encrypter = InstanceType<typeof import('age-encryption').Encrypter>;

/**
 * Reads age recipients: one a line, `#` starts a comment. No error repeats what stands on a line, since it may
 * be a secret key put there by mistake.
 * @param input the input's name, for the errors
 * @throws ConfigurationError with every line that is no recipient, or when there is none at all
 */
export async function parseRecipients(text: string, input = 'encrypt-to'): Promise<readonly string[]> {
  const encrypter = await newEncrypter([]);
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ recipient: withoutComment(line), line: index + 1 }));
  const given = lines.filter(({ recipient }) => recipient !== '');
  const mistakes = given.flatMap(({ recipient, line }): Mistake[] => {
    const message = whatIsWrong(encrypter, recipient);
    return message === undefined ? [] : [{ file: input, line, column: 1, path: '', message }];
  });
  if (mistakes.length > 0) {
    throw new ConfigurationError('dumps cannot be encrypted to these recipients:', mistakes);
  }
  if (given.length === 0) {
    throw new ConfigurationError(`${input} names no recipient: give at least one age public key (age1...)`);
  }
  return [...new Set(given.map(({ recipient }) => recipient))];
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, '').trim();
}

function whatIsWrong(encrypter: Encrypter, recipient: string): string | undefined {
  if (/^AGE-(SECRET-KEY|PLUGIN)-/i.test(recipient)) {
    return 'this is a secret key, which must not be here: give the public key (age1...), and replace this key';
  }
  if (/^(ssh|ecdsa|sk-ssh)-/.test(recipient)) {
    return 'keys of ssh are not supported: make an age key with `age-keygen` and give its public key (age1...)';
  }
  if (!recipient.startsWith('age1')) {
    return 'an age public key starts with age1';
  }
  try {
    encrypter.addRecipient(recipient);
    return undefined;
  } catch {
    // The library's words repeat the value and speak of bech32 to people who mistyped a key.
    return 'this is no valid age public key (is it complete? keys of age plugins are not supported)';
  }
}

// Loaded at first use: its curves take longer to load than the rest of a start without encryption.
async function newEncrypter(recipients: readonly string[]): Promise<Encrypter> {
  const age = await import('age-encryption');
  const encrypter = new age.Encrypter();
  for (const recipient of recipients) {
    encrypter.addRecipient(recipient);
  }
  return encrypter;
}

/** Encrypts what is written to it, in chunks of 64 KiB, holding the writer back while the sink is busy. */
export class Encryption {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #pump: Promise<void>;

  private constructor(writer: WritableStreamDefaultWriter<Uint8Array>, pump: Promise<void>) {
    this.#writer = writer;
    this.#pump = pump;
  }

  /**
   * @param recipients what `parseRecipients` returned
   * @param sink takes the encrypted bytes in order, one call at a time; its error ends the encryption
   */
  static async start(
    recipients: readonly string[],
    sink: (chunk: Uint8Array) => Promise<void>,
  ): Promise<Encryption> {
    const plain = new TransformStream<Uint8Array, Uint8Array>();
    const encrypted = await (await newEncrypter(recipients)).encrypt(plain.readable);
    const pump = encrypted.pipeTo(new WritableStream({ write: sink }));
    // Whoever writes next or finishes is told; until then nobody waits for it.
    pump.catch(() => {});
    const writer = plain.writable.getWriter();
    writer.closed.catch(() => {});
    return new Encryption(writer, pump);
  }

  /** @throws the sink's error */
  async write(chunk: Uint8Array): Promise<void> {
    await this.#writer.ready;
    await this.#writer.write(chunk);
  }

  /** Returns when the sink has taken the last byte. @throws the sink's error */
  async finish(): Promise<void> {
    const closed = this.#writer.close();
    // After an error of the sink this rejects too, but without its reason.
    closed.catch(() => {});
    await this.#pump;
    await closed;
  }

  /** Ends without a valid end: what the sink has got cannot be taken for the whole. */
  async abort(): Promise<void> {
    const reason = new Error('the encryption was ended early');
    await Promise.allSettled([this.#writer.abort(reason), this.#pump]);
  }
}
