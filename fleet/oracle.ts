import { request } from 'node:http';
import type { Fleet } from './fleet.ts';
import { CATALOGUE } from './packages/catalogue.ts';
import { type PagePlan, pagesOf, servicesOf } from './stacks/stack.ts';

/** What a page answered; `code` 0 when nothing listened. */
export interface Page {
  role: string;
  host: string;
  code: number;
  body: Record<string, unknown>;
}

/** Asks the page of every role that has one from outside; with `token: true` it reads its database. */
export function pages(fleet: Fleet, options: { token: boolean } = { token: true }): Promise<Page[]> {
  const asked = fleet.plan.hosts.flatMap(({ name, roles }) =>
    pagesOf(fleet.plan.stack, roles).map(([role, page]) => ask(fleet, { name, role, page }, options.token)),
  );
  return Promise.all(asked);
}

function ask(
  fleet: Fleet,
  { name: host, role, page }: { name: string; role: string; page: PagePlan },
  token: boolean,
): Promise<Page> {
  return new Promise((resolve) => {
    const options = {
      host: fleet.host(host).address,
      port: page.port,
      path: page.path,
      headers: token ? { [page.header]: fleet.token } : {},
      agent: false,
      timeout: 10_000,
    };
    const asked = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ role, host, code: response.statusCode ?? 0, body: parsed(text) }));
    });
    asked.once('timeout', () => asked.destroy(new Error('no answer')));
    asked.once('error', (error) => resolve({ role, host, code: 0, body: { error: error.message } }));
    asked.end();
  });
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}

/** State and version of each package of the stack on a host: "ii 0.16.2-1" by name. */
export async function packagesOn(fleet: Fleet, host: string): Promise<Record<string, string>> {
  const format = `\${Package} \${db:Status-Abbrev}\${Version}\\n`;
  const own = CATALOGUE.filter(({ stack }) => stack === fleet.plan.stack.name);
  const names = own.map(({ name }) => name).join(' ');
  const { stdout } = await fleet.exec(host, `dpkg-query -W -f '${format}' ${names} 2>/dev/null`);
  const lines = stdout.split('\n').filter(Boolean);
  return Object.fromEntries(
    lines
      .map((line) => line.split(/\s+/))
      .filter(([, state]) => state !== 'un')
      .map(([name = '', ...rest]) => [name, rest.join(' ')]),
  );
}

/** Pids (inside the host) of each service that belongs there; empty: it is down. */
export async function servicesOn(fleet: Fleet, host: string): Promise<Record<string, number[]>> {
  const { roles } = fleet.host(host);
  const { stack } = fleet.plan;
  const found: Record<string, number[]> = {};
  for (const service of servicesOf(stack, roles)) {
    const { stdout } = await fleet.exec(host, `pgrep -f '${stack.services[service]}'`);
    found[service] = stdout.split('\n').filter(Boolean).map(Number);
  }
  return found;
}

/** What the clients of PostgreSQL can't hide: host and process of each session on a database but our own. */
export async function sessionsOn(fleet: Fleet, database: string): Promise<string[]> {
  const query = `SELECT coalesce(host(client_addr), 'local') || ' ' || application_name FROM pg_stat_activity
    WHERE datname = '${database}' AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;
  return (await psql(fleet, database, query)).split('\n').filter(Boolean);
}

/**
 * Runs SQL as the superuser on the host that has the database; `on` for one that the layout does not have.
 * @throws Error with what the server said
 */
export async function psql(fleet: Fleet, database: string, sql: string, on?: string): Promise<string> {
  const host = on ?? Object.values(fleet.plan.databases).find((each) => each.name === database)?.on;
  if (host === undefined) throw new Error(`no database ${database} in the layout ${fleet.layout}`);
  const command = `setpriv --reuid postgres --regid postgres --init-groups psql -XAtq -v ON_ERROR_STOP=1 ${database}`;
  const { code, stdout, stderr } = await fleet.exec(host, command, sql);
  if (code !== 0) throw new Error(`${database} on ${host}: ${stderr.trim()}`);
  return stdout.trimEnd();
}
