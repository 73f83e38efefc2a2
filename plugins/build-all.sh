#!/bin/sh
# Rebuilds every plugin here and says whether its bytes changed.
#
#   build-all.sh            writes the .wasm files
#   build-all.sh --check    writes nothing; fails when a rebuilt plugin differs from the committed one. A plugin whose
#                           tools are not installed (or are of another version) is skipped, and named.
#   build-all.sh --install  installs the tools first (apt-get, as root)
#
# A folder's build.sh writes FOLDER/FOLDER.wasm, or the file given; that of demo/ writes several, into the folder given.
set -eu
cd "$(dirname "$0")"
check=no
case "${1:-}" in
  --check) check=yes ;;
  --install) apt-get install -y --no-install-recommends clang lld wasi-libc libclang-rt-dev-wasm32 rustc libstd-rust-dev-wasm32 ;;
  '') ;;
  *) echo "usage: build-all.sh [--check | --install]" >&2; exit 2 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
compare() { # PLUGIN COMMITTED: with what was built
  built=$work/$(basename "$2")
  size=$(wc -c < "$built")
  if cmp -s "$built" "$2"; then
    echo "$1: unchanged, $size bytes"
  elif [ "$check" = yes ]; then
    echo "$1: differs from the committed $(basename "$2"); run build-all.sh"
    failed=1
  else
    cp "$built" "$2"
    echo "$1: changed, $size bytes"
  fi
}

for script in */build.sh; do
  folder=${script%/build.sh}
  if ! "$script" --tools; then
    echo "$folder: skipped, its tools are not installed ($script says which)"
    [ "$check" = yes ] || failed=1
    continue
  fi
  if [ "$folder" = demo ]; then
    "$script" "$work"
    for source in demo/*.c; do compare "${source%.c}" "${source%.c}.wasm"; done
  else
    "$script" "$work/$folder.wasm"
    compare "$folder" "$folder/$folder.wasm"
  fi
done
exit $failed
