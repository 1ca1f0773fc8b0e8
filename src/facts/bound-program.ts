import { bash } from '../commands/bash.ts';
import { Shell } from '../shell/quote.ts';
import { LOOK_PROGRAM } from '../shell/wire.ts';
import { LOOK_HEADING, lookScript } from './script/index.ts';

/** No line of the look script is this one. */
const DELIMITER = 'END_OF_THE_LOOK_SCRIPT';

/**
 * The program that lies on a host and is all that a bound key can start (docs/look-only-key.md). It reads what
 * `BOOTSTRAP` reads, so that whoever calls needs not know of it; but it throws the variables and arguments away, runs
 * its own copy of the look script, and that only when it was sent the very same text.
 */
export const boundProgram = bash`#!/bin/bash -p
# All that a key can do which is bound to looking: see docs/look-only-key.md of synnefo-upgrade. "npm run look" made
# this file there.
#
# What is sent for a command comes on standard input: a line with a marker and three lengths, then so many bytes of
# variables, of a script, and of the script's own input. The variables are thrown away. The script is compared with
# the one below and thrown away too. The one below then reads the input, whose questions are data to it.
set -u
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb
umask 022
cd /

IFS= read -r -d '' look <<'${new Shell(DELIMITER)}'
${new Shell(lookScript.text.trimEnd())}
${new Shell(DELIMITER)}
look=\${look%$'\n'}

# Bytes of each part; the longest that is ever sent is far below.
MOST=4194304

refuse() { printf '%s: %s\n' ${new Shell(LOOK_PROGRAM)} "$1" >&2; exit 126; }

# Sets PART to the next so many bytes.
take() {
  [ "$1" -le "$MOST" ] || refuse "a part of a command has $1 bytes, and at most $MOST are read"
  PART=$(timeout 60 head -c "$1" | tr -d '\0')
  [ "\${#PART}" = "$1" ] || refuse 'the command did not come whole'
}

hash_of() { printf %s "$1" | sha256sum | head -c 12; }

IFS= read -r -n 128 -t 20 header || refuse 'no command came'
[[ $header =~ ^([A-Za-z0-9_-]{16,64})\ ([0-9]{1,7})\ ([0-9]{1,7})\ ([0-9]{1,7})$ ]] || refuse 'this key can only look'
marker=\${BASH_REMATCH[1]} lengths=("\${BASH_REMATCH[@]:2}")
take "\${lengths[0]}"
take "\${lengths[1]}"
script=$PART
take "\${lengths[2]}"
case $script in
  "$look") ;;
  '${new Shell(LOOK_HEADING)}'*)
    refuse "this host has the program of another version (its script is $(hash_of "$look"), the caller's is $(hash_of "$script")): install host/${new Shell(LOOK_PROGRAM)} of the caller's version as $0"
    ;;
  *) refuse 'this key can only look' ;;
esac
printf '%s\n' "$marker"
printf '%s\n' "$marker" >&2
# Whoever reads no answer must not keep it, and its copy of the package lists, for ever.
exec timeout -k 10 1800 bash --norc -p -c "$look" look < <(printf %s "$PART" | base64 -d)
`.text;
