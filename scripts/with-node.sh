#!/usr/bin/env bash
# Runs a script of the project on the project's own Node, installing both when they are missing:
# a fresh clone has no node_modules, and the machine's own Node may be too old to read TypeScript.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  echo 'installing the npm packages of package-lock.json' >&2
  npm ci --no-fund --no-audit --loglevel=error >&2
  cp package-lock.json node_modules/.installed-lock
fi
export PATH="$PWD/node_modules/.bin:$PATH"
exec node --disable-warning=ExperimentalWarning "$@"
