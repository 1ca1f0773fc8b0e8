/** A page that a role serves, and how to make it read its database. */
export interface PagePlan {
  port: number;
  path: string;
  /** Header that carries the fleet's token. */
  header: string;
}

/** What a role of a stack is on a host that has it. */
export interface RolePlan {
  /** What the operator installed for it. */
  packages: readonly string[];
  services: readonly string[];
  page?: PagePlan;
}

/** Where a database is. */
export interface DatabasePlan {
  name: string;
  on: string;
  /** The key of the database that it shares and that comes first. */
  sameAs?: string;
}

/** What the shell files of a stack are told of the place they work at. */
export interface Place {
  roles: readonly string[];
  databases: Readonly<Record<string, DatabasePlan>>;
}

/** A stack that a fleet runs before it is upgraded, as data. Its shell files are in `files/NAME/`. */
export interface Stack {
  name: string;
  roles: Readonly<Record<string, RolePlan>>;
  /** Each service by how to know its processes by their command line, in the order in which they start. */
  services: Readonly<Record<string, string>>;
  /** Roles whose packages together make and fill the databases. */
  seeders: readonly string[];
  /** Who the stack is for PostgreSQL. */
  databaseUser: string;
  /** The package whose version stands for all. */
  leader: string;
  /** What lets the token in, on hosts with a page. */
  tokenFile: (token: string) => { path: string; text: string };
  /** Variables of `operator.sh`, beside ROLES. */
  environment: (place: Place) => Record<string, string>;
  /** What an operator gives as `plan`, and the environment variable that its health checks take the token from. */
  plan: string;
  secret: string;
  /** What its own steps get, by the environment variable. */
  stepSecrets: Readonly<Record<string, string>>;
  /** What that plan leaves: packages with names that begin so, at this version. */
  target: { packages: string; version: string };
}

/** Names of the packages of roles, each once. */
export function packagesOf(stack: Stack, roles: readonly string[]): string[] {
  return [...new Set(roles.flatMap((role) => roleOf(stack, role).packages))];
}

/** The services of roles, in the order in which they are started. */
export function servicesOf(stack: Stack, roles: readonly string[]): string[] {
  const wanted = new Set(roles.flatMap((role) => roleOf(stack, role).services));
  return Object.keys(stack.services).filter((service) => wanted.has(service));
}

/** The roles that serve a page, with it. */
export function pagesOf(stack: Stack, roles: readonly string[]): [string, PagePlan][] {
  return roles.flatMap((role) => {
    const { page } = roleOf(stack, role);
    return page === undefined ? [] : [[role, page] as [string, PagePlan]];
  });
}

/** @throws Error for a role that the stack does not have */
export function roleOf(stack: Stack, role: string): RolePlan {
  const found = stack.roles[role];
  if (found === undefined) throw new Error(`no role ${role} in the stack ${stack.name}`);
  return found;
}
