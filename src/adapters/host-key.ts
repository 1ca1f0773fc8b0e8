import { plainAddress } from '../domain/address.ts';
import { HostKeyError } from '../domain/errors.ts';
import { fingerprint, keyType } from './key-fingerprint.ts';
import { type KnownHosts, knownName, type Pins } from './known-hosts.ts';
import { type SshTarget, whereIs } from './ssh-target.ts';

/** The signature algorithms of each key type, the preferred first: one RSA key serves three (RFC 8332). */
const ALGORITHMS: Readonly<Record<string, readonly string[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  // ssh-rsa (SHA-1) is all that hosts of Debian 7's age have; the key itself is pinned.
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
};

/** Judges the key that one host shows. */
export class HostKeyCheck {
  readonly #target: SshTarget;
  readonly #pins: Pins;
  /** What was wrong with the key that was shown last. */
  refusal: HostKeyError | undefined;

  constructor(target: SshTarget, knownHosts: KnownHosts) {
    this.#target = target;
    const { name, address, port } = target;
    this.#pins = knownHosts.lookup([name, address, plainAddress(address)], port);
  }

  /** Algorithms for which a key is pinned: asked for these, a host with several keys shows one that we know. */
  get algorithms(): string[] {
    const types = new Set(this.#pins.keys.map(keyType));
    return Object.entries(ALGORITHMS).flatMap(([type, names]) => (types.has(type) ? names : []));
  }

  /** Is this the host? If not, `refusal` says why. */
  accepts(shown: Buffer): boolean {
    const { keys, revoked } = this.#pins;
    if (revoked.some((key) => key.equals(shown))) {
      this.refusal = this.#error(`shows the key ${describe(shown)}, which known-hosts marks as @revoked`);
    } else if (keys.length === 0) {
      this.refusal = this.#unknown(shown);
    } else if (!keys.some((key) => key.equals(shown))) {
      this.refusal = this.#changed(shown);
    } else {
      this.refusal = undefined;
    }
    return this.refusal === undefined;
  }

  #unknown(shown: Buffer): HostKeyError {
    return this.#error(
      `has no pinned key. It shows ${describe(shown)}. ${this.#advice(shown)}, add this line to known-hosts:\n${this.#line(shown)}`,
    );
  }

  #changed(shown: Buffer): HostKeyError {
    const pinned = this.#pins.keys.map(describe).join(', ');
    return this.#error(
      `shows the key ${describe(shown)}, but pinned is ${pinned}. Either the host was installed anew, or somebody ` +
        `stands in between. ${this.#advice(shown)}, replace its lines in known-hosts by:\n${this.#line(shown)}`,
    );
  }

  /** What the network says proves nothing: the comparison needs another way to the host. */
  #advice(shown: Buffer): string {
    const { address, port } = this.#target;
    const kind = keyType(shown).startsWith('ecdsa') ? 'ecdsa' : keyType(shown).replace(/^ssh-/, '');
    return (
      `Ask the host itself, on its console: ssh-keygen -lf /etc/ssh/ssh_host_${kind}_key.pub (the network's view: ` +
      `ssh-keyscan -p ${port} ${address} | ssh-keygen -lf -). If the fingerprints are equal`
    );
  }

  #line(shown: Buffer): string {
    const { address, port } = this.#target;
    return `${knownName(address, port)} ${keyType(shown)} ${shown.toString('base64')}`;
  }

  #error(words: string): HostKeyError {
    return new HostKeyError(`${whereIs(this.#target)} ${words}`);
  }
}

function describe(key: Buffer): string {
  return `${keyType(key)} ${fingerprint(key)}`;
}
