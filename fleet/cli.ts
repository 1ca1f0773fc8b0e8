import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { clean } from './clean.ts';
import { attach, down, type LayoutName, stderrLog, up } from './index.ts';
import { isLayoutName, LAYOUTS } from './layouts.ts';
import { defaultName } from './paths.ts';
import { statusText } from './status.ts';

const USAGE = `usage: npm run fleet -- COMMAND [--layout spread|compact|webshop] [--name NAME]
  up                 a fresh fleet, before its upgrade
  reset              the same fleet, fresh again, in seconds
  down               ends it and removes what it wrote
  status             what runs where
  ssh HOST [CMD...]  a shell on a host, or one command
  exec HOST SCRIPT   a script as root on a host, without ssh
  clean              removes what no fleet of this machine needs from the cache
`;

function layoutOf(value: string): LayoutName {
  if (isLayoutName(value)) return value;
  throw new Error(`--layout ${value}: one of ${Object.keys(LAYOUTS).join(', ')}`);
}

function ssh(layout: LayoutName, name: string, host: string, command: string[]): number {
  const fleet = attach({ layout, name });
  const options = ['-i', fleet.keyFile, '-o', `UserKnownHostsFile=${fleet.knownHostsFile}`];
  const target = `${fleet.user}@${fleet.host(host).address}`;
  const { status } = spawnSync('ssh', [...options, '-o', 'IdentitiesOnly=yes', target, ...command], {
    stdio: 'inherit',
  });
  return status ?? 255;
}

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      layout: { type: 'string', default: 'spread' },
      name: { type: 'string', default: defaultName() },
    },
  });
  const [command, host, ...rest] = positionals;
  const name = values.name;
  const layout = layoutOf(values.layout);
  const log = stderrLog();
  switch (command) {
    case 'up':
      console.log(await statusText(await up({ layout, name, log })));
      return 0;
    case 'reset':
      await attach({ layout, name }).reset();
      return 0;
    case 'down':
      await down({ layout, name });
      return 0;
    case 'clean':
      console.log((await clean()).join('\n'));
      return 0;
    case 'status':
      console.log(await statusText(attach({ layout, name })));
      return 0;
    case 'ssh':
      if (host !== undefined) return ssh(layout, name, host, rest);
      break;
    case 'exec':
      if (host !== undefined) {
        const result = await attach({ layout, name }).exec(host, rest.join(' '));
        process.stdout.write(result.stdout);
        process.stderr.write(result.stderr);
        return result.code;
      }
  }
  process.stderr.write(USAGE);
  return 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
