#!/bin/sh
# Builds calculator.wasm, or the file given. Needs node and npm, which bring AssemblyScript in the version of
# package-lock.json. `build.sh --tools` only says whether it is installed (npm ci installs it).
set -eu
cd "$(dirname "$0")"
asc=node_modules/assemblyscript/bin/asc.js
if [ "${1:-}" = --tools ]; then
  command -v node > /dev/null && test -f "$asc"
  exit
fi
out=${1:-calculator.wasm}
test -f "$asc" || npm ci --silent
node "$asc" calculator.ts -Oz --runtime stub --use abort= -o "$out"
node ../sdk/assemblyscript/pack.mjs "$out" calculator.json
chmod 644 "$out"
