import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, run } from '../../fleet/process.ts';
import { ensureDebianPackages } from '../debian-packages.ts';
import { inPlace, PLACE } from './place.ts';

/** What builds the tools where the machine has nothing as new. */
const TOOLCHAIN = 'v0.0.1-go1.26.8';

/** The oldest Go that builds them. */
const MINOR = 25;

/** A program built from a Go module of this version. @returns its path @throws CommandFailed with Go's last words */
export async function goProgram(module: string, version: string): Promise<string> {
  const name = module.split('/').at(-1) ?? '';
  const folder = await inPlace(`${name}-${version}`, async (bin) => {
    const env = { ...(await goEnvironment()), GOBIN: bin, CGO_ENABLED: '0' };
    await run(await goCommand(), ['install', `${module}@${version}`], { env, cwd: bin });
  });
  return join(folder, name);
}

/** The machine's Go, or a toolchain that its older one has fetched as a module. */
async function goCommand(): Promise<string> {
  if ((await minorOf('go')) >= MINOR) {
    return 'go';
  }
  const system = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const folder = await inPlace(`${TOOLCHAIN}.${system}`, async (cache) => {
    ensureDebianPackages(['golang-go', 'ca-certificates']);
    const env = { ...(await goEnvironment()), GOMODCACHE: cache, GOFLAGS: '-mod=mod -modcacherw' };
    await run('/usr/bin/go', ['mod', 'download', `golang.org/toolchain@${TOOLCHAIN}.${system}`], {
      env,
      cwd: cache,
    });
    makeExecutable(join(cache, 'golang.org', `toolchain@${TOOLCHAIN}.${system}`));
  });
  return join(folder, 'golang.org', `toolchain@${TOOLCHAIN}.${system}`, 'bin', 'go');
}

/** Go's caches of this project alone, so that a machine without a home for them has one. */
async function goEnvironment(): Promise<Record<string, string>> {
  return {
    GOTOOLCHAIN: 'local',
    GOPATH: join(PLACE, 'go'),
    GOCACHE: join(PLACE, 'go-build'),
    GOFLAGS: '-modcacherw',
  };
}

/** As 26 of go1.26.8; 0 where there is no Go. */
async function minorOf(command: string): Promise<number> {
  const { stdout } = await attempt('sh', ['-c', `${command} version 2>/dev/null`]);
  return Number(/go1\.(\d+)/.exec(stdout)?.[1] ?? 0);
}

/** A module's files come without the bits by which they can be run. */
function makeExecutable(toolchain: string): void {
  for (const folder of ['bin', 'pkg/tool'].map((name) => join(toolchain, name)).filter(existsSync)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) {
        chmodSync(join(entry.parentPath, entry.name), 0o755);
      }
    }
  }
}
