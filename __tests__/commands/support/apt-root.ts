import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { mustRun } from './run.ts';

/** A package to build: its control file's fields beyond the usual, and files by path. */
export interface TestPackage {
  readonly name: string;
  readonly version: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly conffiles?: Readonly<Record<string, string>>;
}

/** The real apt and dpkg, working on a folder instead of the machine: `env` turns every call there. */
export interface AptRoot extends AsyncDisposable {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Builds packages and puts them on offer. */
  offer(packages: readonly TestPackage[]): Promise<void>;
  /** What the repository answers with from now on: everything, or 404. */
  serve(on: boolean): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A script that shows everything below the root, and what lists of its repository lie in /var/tmp: other tests may use
 * that folder at the same time.
 */
export const lookAtAptRoot = `find "$DPKG_ROOT" -printf "%p %s %T@\\n" | sort
  from=$(grep -o '127[^/]*' "$DPKG_ROOT/etc/apt/sources.list")
  find /var/tmp -path '*/synnefo-upgrade*' -name "$from*" 2> /dev/null || true`;

export async function createAptRoot(): Promise<AptRoot> {
  const folder = await mkdtemp(join(tmpdir(), 'apt-root-'));
  const state = { on: true };
  const server = await startRepository(join(folder, 'repo'), state);
  await layOut(folder, (server.address() as AddressInfo).port);
  const env = {
    APT_CONFIG: join(folder, 'apt.conf'),
    DPKG_ROOT: folder,
    DPKG_ADMINDIR: join(folder, 'var/lib/dpkg'),
  };
  return {
    folder,
    env,
    offer: (packages) => offer(folder, packages),
    serve: (on) => {
      state.on = on;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

function startRepository(folder: string, state: { on: boolean }): Promise<Server> {
  const server = createServer(async (request, response) => {
    try {
      const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
      const body = state.on ? await readFile(join(folder, path)) : null;
      response.writeHead(body === null ? 404 : 200, { 'content-length': body?.length ?? 0 }).end(body ?? '');
    } catch {
      response.writeHead(404, { 'content-length': 0 }).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function layOut(folder: string, port: number): Promise<void> {
  const folders = [
    'etc/apt/apt.conf.d',
    'etc/apt/preferences.d',
    'etc/apt/trusted.gpg.d',
    'etc/apt/sources.list.d',
  ];
  const more = ['var/lib/apt/lists/partial', 'var/cache/apt/archives/partial', 'var/lib/dpkg/info'];
  for (const path of [
    ...folders,
    ...more,
    'var/lib/dpkg/updates',
    'var/lib/dpkg/triggers',
    'var/log/apt',
    'repo',
  ]) {
    await mkdir(join(folder, path), { recursive: true });
  }
  await writeFile(join(folder, 'var/lib/dpkg/status'), '');
  await writeFile(join(folder, 'repo/Packages'), '');
  await writeFile(join(folder, 'etc/apt/sources.list'), `deb [trusted=yes] http://127.0.0.1:${port}/ ./\n`);
  await writeFile(
    join(folder, 'apt.conf'),
    [
      `Dir "${folder}/"; Dir::State::status "${folder}/var/lib/dpkg/status"; Dir::Log "${folder}/var/log/apt";`,
      'APT::Architecture "amd64"; APT::Sandbox::User "root"; Acquire::Languages "none";',
      `DPkg::Options { "--root=${folder}"; "--log=${folder}/var/log/dpkg.log"; }; DPkg::Path "/usr/sbin:/usr/bin:/sbin:/bin";`,
    ].join('\n'),
  );
}

async function offer(folder: string, packages: readonly TestPackage[]): Promise<void> {
  for (const { name, version, fields = {}, conffiles = {} } of packages) {
    const source = join(folder, 'build', `${name}_${version}`);
    await mkdir(join(source, 'DEBIAN'), { recursive: true });
    const control = {
      Package: name,
      Version: version,
      Architecture: 'all',
      Maintainer: 'Test <test@localhost>',
      ...fields,
    };
    const lines = Object.entries({ ...control, Description: 'test' }).map(
      ([key, value]) => `${key}: ${value}\n`,
    );
    await writeFile(join(source, 'DEBIAN/control'), lines.join(''));
    await writeFile(
      join(source, 'DEBIAN/conffiles'),
      Object.keys(conffiles)
        .map((path) => `${path}\n`)
        .join(''),
    );
    for (const [path, content] of Object.entries(conffiles)) {
      await mkdir(join(source, path, '..'), { recursive: true });
      await writeFile(join(source, path), content);
    }
    await mustRun(`dpkg-deb --root-owner-group -b "$SOURCE" "$REPO" >/dev/null`, {
      SOURCE: source,
      REPO: join(folder, 'repo'),
    });
  }
  await mustRun(
    `cd "$REPO"; for deb in *.deb; do
      dpkg-deb -f "$deb"; echo "Filename: ./$deb"; echo "Size: $(stat -c %s "$deb")"
      echo "SHA256: $(sha256sum < "$deb" | cut -d' ' -f1)"; echo
    done > Packages`,
    { REPO: join(folder, 'repo') },
  );
}
