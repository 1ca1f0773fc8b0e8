import { describe, expect, it } from '@jest/globals';
import { chooseStore } from '../../src/adapters/choose-store.ts';
import { ConfigurationError } from '../../src/domain/errors.ts';

const runner = { ACTIONS_RUNTIME_TOKEN: 'token', ACTIONS_RESULTS_URL: 'http://127.0.0.1/' };

describe('chooseStore', () => {
  it.each([
    ['artifact', '', runner],
    ['artifact', '/srv/dumps', runner],
    ['artifact', '', { ...runner, GITHUB_SERVER_URL: 'https://github.com' }],
    ['artifact', '', { ...runner, GITHUB_SERVER_URL: 'https://example.ghe.com' }],
    ['directory', '/srv/dumps', { ...runner, GITHUB_SERVER_URL: 'https://github.example.org' }],
    ['directory', '/srv/dumps', {}],
    ['directory', '/srv/dumps', { ...runner, ACTIONS_RUNTIME_TOKEN: '' }],
    ['directory', '/srv/dumps', { ...runner, ACTIONS_RESULTS_URL: '' }],
  ])('takes the %s with the directory %j and %j', (kind, directory, env) => {
    expect(chooseStore(directory, { env }).kind).toBe(kind);
  });

  it('refuses when there is neither', () => {
    expect(() => chooseStore(' ', { env: {} })).toThrow(ConfigurationError);
  });
});
