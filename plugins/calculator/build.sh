#!/bin/sh
# Builds calculator.wasm, or the file given. Needs node 20 and npm, which bring AssemblyScript into node_modules, in the
# version of package-lock.json: the same sources then give the same bytes. `build.sh --tools` builds nothing: it says
# whether the tools are there, after `npm ci` where they are not.
set -eu
cd "$(dirname "$0")"
asc=node_modules/assemblyscript/bin/asc.js
tools() {
  command -v node > /dev/null || return 1
  if [ -f "$asc" ] && [ package-lock.json -ot node_modules/.package-lock.json ]; then return; fi
  npm ci --silent --no-audit --no-fund --fetch-retries=1 > /dev/null 2>&1 && [ -f "$asc" ]
}
if [ "${1:-}" = --tools ]; then
  tools
  exit
fi
tools || { echo "calculator: npm ci could not bring AssemblyScript" >&2; exit 1; }
out=${1:-calculator.wasm}
node "$asc" calculator.ts -Oz --runtime stub --use abort= -o "$out"
node ../sdk/assemblyscript/pack.mjs "$out" calculator.json
chmod 644 "$out"
