#!/bin/sh
# Rebuilds every plugin here and says whether its bytes changed.
#
#   build-all.sh            writes the .wasm files
#   build-all.sh --check    writes nothing; fails when a rebuilt plugin differs from the committed one. A plugin whose
#                           tools are not installed (or are of another version) is skipped, and named.
#   build-all.sh --install  installs the tools first (apt-get, as root)
set -eu
cd "$(dirname "$0")"
check=no
case "${1:-}" in
  --check) check=yes ;;
  --install) apt-get install -y --no-install-recommends clang lld rustc libstd-rust-dev-wasm32 ;;
  '') ;;
  *) echo "usage: build-all.sh [--check | --install]" >&2; exit 2 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
for script in */build.sh; do
  plugin=${script%/build.sh}
  if ! "$script" --tools; then
    echo "$plugin: skipped, its tools are not installed (build-all.sh --install)"
    [ "$check" = yes ] || failed=1
    continue
  fi
  "$script" "$work/$plugin.wasm"
  size=$(wc -c < "$work/$plugin.wasm")
  if cmp -s "$work/$plugin.wasm" "$plugin/$plugin.wasm"; then
    echo "$plugin: unchanged, $size bytes"
  elif [ "$check" = yes ]; then
    echo "$plugin: differs from the committed $plugin.wasm; run build-all.sh"
    failed=1
  else
    cp "$work/$plugin.wasm" "$plugin/$plugin.wasm"
    echo "$plugin: changed, $size bytes"
  fi
done
exit $failed
