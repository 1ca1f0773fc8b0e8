import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** Which job of which run a runner's token speaks for. */
export interface Scope {
  readonly run: string;
  readonly job: string;
}

/** Signs what the service hands out and knows it again. */
export class Tokens {
  readonly #key = randomBytes(32);
  /** What a `GITHUB_TOKEN` would be: reads every run of the repository through the REST API. */
  readonly api = `loopback-${randomBytes(16).toString('hex')}`;

  /** A token as the runner has it: a JWT, of which the client reads the scope. */
  issue({ run, job }: Scope): string {
    const header = encode({ alg: 'HS256', typ: 'JWT' });
    const payload = encode({ scp: `Actions.Example Actions.Results:${run}:${job}` });
    return `${header}.${payload}.${this.sign(`${header}.${payload}`)}`;
  }

  /** @throws Refusal 401 for a token that is not ours */
  verify(authorization: string | undefined): Scope {
    const [header = '', payload = '', signature = ''] = (authorization ?? '')
      .replace(/^Bearer /, '')
      .split('.');
    if (!this.#matches(`${header}.${payload}`, signature)) {
      throw new Refusal(401, 'unauthenticated', 'this token was not issued here');
    }
    const scopes = (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { scp: string }).scp;
    const [, run = '', job = ''] = /Actions\.Results:([^: ]+):([^: ]+)/.exec(scopes) ?? [];
    return { run, job };
  }

  /** For the `sig` of a URL and the signature of a token. */
  sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }

  /** @throws Refusal 403 for a URL that is not ours */
  verifySignature(text: string, signature: string | null): void {
    if (!this.#matches(text, signature ?? '')) {
      throw new Refusal(403, 'AuthenticationFailed', 'the signature of this URL is wrong');
    }
  }

  #matches(text: string, signature: string): boolean {
    const [expected, given] = [Buffer.from(this.sign(text)), Buffer.from(signature)];
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
