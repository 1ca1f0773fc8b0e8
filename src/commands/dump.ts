import type { Command } from '../shell/command.ts';
import { type Shell, sh } from '../shell/quote.ts';
import { bash, strict } from './bash.ts';
import { roomLibrary } from './dump-room.ts';
import { awaitServer, connection, type DatabaseAddress } from './postgres-library.ts';

/** Bytes that the roles and grants of a server may take: a role is a line or two. */
const GLOBALS_SIZE = 1024 * 1024;

/** The word that begins the last line of standard error. */
const trailerWord = 'synnefo-upgrade-dump';

/**
 * `stream_out KEEP PROOF COMMAND...` writes a command's output to standard output, and on the way through its hash,
 * its length, `PROOF` (which reads all of it) and the kept copy. Standard output carries nothing else. Each part is a
 * process with its own exit code; a failed one fails all, and then no kept copy is left. Without KEEP there is none.
 *
 * Named pipes instead of bash's process substitution, whose exit codes are lost. The proof and the hash read to the end
 * even when they have seen enough, or tee would die of a closed pipe.
 */
const streamLibrary = bash`${roomLibrary}
umask 077

stream_out() {
  local keep=$1 proof=$2 codes part failed=0
  shift 2
  WORK=$(mktemp -d)
  KEPT_PART=
  trap 'rm -rf -- "$WORK"; rm -f -- \${KEPT_PART:+"$KEPT_PART"} \${CLAIM:+"$CLAIM"}' EXIT
  mkfifo -- "$WORK/hash.pipe" "$WORK/bytes.pipe" "$WORK/proof.pipe" "$WORK/kept.pipe"
  begin_part hash sha256sum
  begin_part bytes wc -c
  begin_part proof prove "$proof"
  if [ -n "$keep" ]; then
    KEPT_PART=$keep.part
    begin_part kept dd "of=$KEPT_PART" bs=1M iflag=fullblock conv=fsync status=none
  else
    begin_part kept cat
  fi
  codes=0
  "$@" | tee -- "$WORK/hash.pipe" "$WORK/bytes.pipe" "$WORK/proof.pipe" "$WORK/kept.pipe" || codes="\${PIPESTATUS[*]}"
  [ "$codes" != 0 ] || codes='0 0'
  for part in hash bytes proof kept; do end_part "$part"; done
  [ "$codes" = '0 0' ] || failed=1
  for part in hash bytes proof kept; do [ "$(cat -- "$WORK/$part.code")" = 0 ] || failed=1; done
  if [ "$failed" = 0 ] && [ -n "$keep" ]; then
    sync -- "$KEPT_PART"
    mv -T -- "$KEPT_PART" "$keep"
    KEPT_PART=
    sync -- "\${keep%/*}"
  fi
  say_trailer "\${codes% *}" "\${codes#* }" "$([ -n "$keep" ] && echo true || echo false)"
  return "$failed"
}

begin_part() {
  local part=$1
  shift
  { code=0; "$@" < "$WORK/$part.pipe" > "$WORK/$part.out" || code=$?; echo "$code" > "$WORK/$part.code"; } &
  echo "$!" > "$WORK/$part.pid"
}

end_part() { wait "$(cat -- "$WORK/$1.pid")" || true; }

prove() {
  local code=0
  "$1" || code=$?
  cat > /dev/null
  return "$code"
}

say_trailer() {
  local hash bytes
  read -r hash rest < "$WORK/hash.out"
  read -r bytes < "$WORK/bytes.out"
  printf '\n%s {"sha256":"%s","bytes":%s,' ${sh`${trailerWord}`} "$hash" "\${bytes:-0}" >&2
  printf '"kept":%s,"room":{"free":%s,"promised":%s,"needed":%s},' "$3" "$ROOM_FREE" "$ROOM_PROMISED" "$ROOM_NEEDED" >&2
  printf '"codes":{"dump":%s,"copy":%s,"hash":%s,"bytes":%s,"proof":%s,"kept":%s}}\n' \
    "$1" "$2" $(cat -- "$WORK"/{hash,bytes,proof,kept}.code) >&2
}
`;

/**
 * Dumps one database as an archive (custom format, compression 1) to standard output. On the way the server's own
 * pg_restore reads all of it: its table of contents alone also passes a truncated one. Ends 0 only when every part did;
 * the last line of standard error is for `parseTrailer`.
 * @param keep where on the host a copy is kept, if there is room for the whole database, which is more than a
 *   compressed dump of it takes; the copy appears under this name only when every part went well. Null: nowhere.
 */
export function dumpStream(database: DatabaseAddress, keep: string | null): Command {
  const script = bash`${strict}${connection(database)}${streamLibrary}
server_tools
prove_archive() { as_postgres pg_restore -f /dev/null; }
needed=$(sql -c 'select pg_database_size(current_database())')
${findRoom(keep)} "$needed"
stream_out "$ROOM_COPY" prove_archive as_postgres pg_dump -Fc -Z1 --lock-wait-timeout=60s
`;
  return {
    title: `pg_dump of ${database.name}`,
    script: script.text,
    whenRepeated: awaitServer(database.port).text,
  };
}

/** Dumps roles and grants of a server as SQL to standard output; proved by its closing line. */
export function globalsStream(port: number, keep: string | null): Command {
  const script = bash`${strict}${connection({ name: 'postgres', port })}${streamLibrary}
server_tools
prove_text() { tail -n 20 | grep -qF 'PostgreSQL database cluster dump complete'; }
${findRoom(keep)} ${sh`${GLOBALS_SIZE}`}
stream_out "$ROOM_COPY" prove_text as_postgres pg_dumpall --globals-only
`;
  return {
    title: `pg_dumpall of the roles on port ${port}`,
    script: script.text,
    whenRepeated: awaitServer(port).text,
  };
}

function findRoom(keep: string | null): Shell {
  return keep === null ? sh`need_no_room` : sh`find_room ${keep}`;
}

/** What the host says of a dump that it sent. */
export interface DumpTrailer {
  /** Of all bytes that were sent, in hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Is a copy kept on the host? Not where there was no room for it. */
  readonly kept: boolean;
  /** Bytes when the dump began: free, promised to other dumps, and what the copy might have taken. */
  readonly room: { readonly free: number; readonly promised: number; readonly needed: number };
  /** The exit codes: the dump itself, the copying, hash, length, the proof, the kept copy. */
  readonly codes: Readonly<Record<'dump' | 'copy' | 'hash' | 'bytes' | 'proof' | 'kept', number>>;
}

/**
 * Finds the trailer in what a dump wrote to standard error; null when it did not come to its end.
 * Only the last line counts: what the tools print before it may look alike.
 */
export function parseTrailer(stderr: string): DumpTrailer | null {
  const line = stderr.trimEnd().split('\n').at(-1) ?? '';
  const match =
    /^synnefo-upgrade-dump (\{"sha256":"[0-9a-f]{64}","bytes":\d+,"kept":(?:true|false),"room":\{(?:"[a-z]+":\d+,?){3}\},"codes":\{(?:"[a-z]+":\d+,?){6}\}\})$/.exec(
      line,
    );
  return match?.[1] === undefined ? null : (JSON.parse(match[1]) as DumpTrailer);
}
