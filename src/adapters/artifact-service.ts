/**
 * Does the runner offer artifacts that today's client can store? GitHub Enterprise Server sets the same variables for a
 * service that the client refuses to speak to.
 * @param env the runner's variables
 */
export function hasArtifactService(env: Readonly<Record<string, string | undefined>>): boolean {
  const { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: url, GITHUB_SERVER_URL: server } = env;
  return Boolean(token) && Boolean(url) && !isEnterpriseServer(server || 'https://github.com');
}

/** As the client itself tells them apart. */
function isEnterpriseServer(server: string): boolean {
  const { hostname } = new URL(server);
  return hostname !== 'github.com' && !/\.(ghe\.com|localhost)$/.test(hostname);
}
