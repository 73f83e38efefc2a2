#!/bin/sh
# Builds kernels.wasm, or the file given. Needs Debian 12's packages clang and lld: the same sources then give the same
# bytes, wherever they lie. `build.sh --tools` only says whether those are installed.
set -eu
cd "$(dirname "$0")"
if [ "${1:-}" = --tools ]; then
  clang --version 2>&1 | grep -q 'clang version 14\.' && command -v wasm-ld > /dev/null
  exit
fi
out=${1:-../resources/io/trinity/bench/kernels/kernels.wasm}
object=$(mktemp)
trap 'rm -f "$object"' EXIT
clang --target=wasm32 -std=c11 -O2 -fno-builtin -mbulk-memory -msign-ext -Wall -Wextra -Werror -c kernels.c -o "$object"
wasm-ld --no-entry --strip-all -z stack-size=16384 "$object" -o "$out"
chmod 644 "$out"
