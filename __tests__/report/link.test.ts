import { describe, expect, it } from '@jest/globals';
import { artifactLink } from '../../src/report/link.ts';

const server = 'https://github.com';
const stored = (url?: string) => ({
  kind: 'artifact' as const,
  name: 'app.age',
  sha256: '',
  bytes: 1,
  ...(url === undefined ? {} : { url }),
});

describe('artifactLink', () => {
  it('links the page of an artifact', () => {
    const url = 'https://github.com/example/ops/actions/runs/42/artifacts/7';
    expect(artifactLink(stored(url), server).text).toBe(`<a href="${url}">artifact</a>`);
    const elsewhere = 'https://git.example.org/example/ops/actions/runs/42/artifacts/7';
    expect(artifactLink(stored(elsewhere), 'https://git.example.org').text).toContain(elsewhere);
  });

  it.each([
    undefined,
    'https://evil.example/example/ops/actions/runs/42/artifacts/7',
    'https://github.com.evil.example/example/ops/actions/runs/42/artifacts/7',
    'https://github.com@evil.example/example/ops/actions/runs/42/artifacts/7',
    'https://github.com/login/oauth/authorize',
    'https://github.com/example/ops/actions/runs/42/artifacts/7"onclick="x',
    'https://github.com/example/ops/actions/runs/42/artifacts/7\n',
    'javascript:alert(1)',
  ])('links nothing else: %j', (url) => {
    expect(artifactLink(stored(url), server).text).toBe('artifact <code>app.age</code>');
  });
});
