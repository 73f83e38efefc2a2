#!/bin/sh
# Builds openmetrics.wasm, or the file given. Needs Debian 12's packages rustc, libstd-rust-dev-wasm32 and lld: the same sources
# then give the same bytes, wherever they lie. `build.sh --tools` only says whether those are installed.
#
# Debian's rustc is called by its path, because a rustup one without this target may stand before it. RUSTC names another.
set -eu
cd "$(dirname "$0")"
rustc=${RUSTC:-/usr/bin/rustc}
if [ "${1:-}" = --tools ]; then
  "$rustc" --version 2> /dev/null | grep -q '^rustc 1\.63\.' && command -v wasm-ld > /dev/null \
    && test -d "$("$rustc" --print sysroot)/lib/rustlib/wasm32-unknown-unknown"
  exit
fi
"$rustc" --edition 2021 --crate-type cdylib --crate-name openmetrics --target wasm32-unknown-unknown \
  -C linker=wasm-ld -C opt-level=2 -C panic=abort -C lto=fat -C codegen-units=1 -C strip=symbols \
  -C target-feature=+bulk-memory -C link-arg=-zstack-size=65536 -D warnings openmetrics.rs -o "${1:-openmetrics.wasm}"
chmod 644 "${1:-openmetrics.wasm}"
