#!/bin/sh
# Builds glossary.wasm, or the file given. Needs Debian 12's packages clang, lld, wasi-libc and libclang-rt-dev-wasm32: the
# same sources then give the same bytes, wherever they lie. `build.sh --tools` only says whether those are installed.
#
# Compiled and linked in two steps: clang as the linker's driver would run wasm-opt wherever binaryen is installed. What it
# would give the linker is given here: the reactor's start code, libc (printf without floating point is 5 KB smaller), and
# the compiler's own library. clang 14 cannot do errno, a thread's own variable, without -ftls-model.
set -eu
cd "$(dirname "$0")"
libc=/usr/lib/wasm32-wasi
if [ "${1:-}" = --tools ]; then
  clang --version 2>&1 | grep -q 'clang version 14\.' && command -v wasm-ld > /dev/null \
    && [ -e "$(clang --target=wasm32-wasi -print-libgcc-file-name)" ] \
    && [ "$(dpkg-query -W -f '${Version}' wasi-libc 2> /dev/null)" = 0.0~git20220510.9886d3d-2 ]
  exit
fi
out=${1:-glossary.wasm}
object=$(mktemp)
trap 'rm -f "$object"' EXIT
clang --target=wasm32-wasi -std=gnu11 -O2 -mbulk-memory -msign-ext -ftls-model=local-exec \
  -Wall -Wextra -Werror -I../sdk/c -c glossary.c -o "$object"
wasm-ld --entry _initialize --strip-all -L"$libc" "$libc/crt1-reactor.o" "$object" \
  -lc-printscan-no-floating-point -lc "$(clang --target=wasm32-wasi -print-libgcc-file-name)" -o "$out"
chmod 644 "$out"
