#!/bin/sh
# Fetches the modules of this folder from their packages anew. Needs npm and node.
#   ./fetch.sh            writes them here
#   ./fetch.sh --check    only compares digests with README.md
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# package@version, file in it, name here; where the module is base64 within a script, it is cut out
fetch() {
    archive=$(npm pack --silent "$1" | tail -n 1)
    mkdir -p "$3.d"
    tar -xzf "$archive" -C "$3.d"
    file="$3.d/package/$2"
    case "$2" in
    *.wasm) cp "$file" "$3.wasm" ;;
    *) node -e '
const text = require("fs").readFileSync(process.argv[1], "latin1");
const base64 = text.match(/AGFzbQ[A-Za-z0-9+\/]*=*/)[0];
require("fs").writeFileSync(process.argv[2], Buffer.from(base64, "base64"));' "$file" "$3.wasm" ;;
    esac
    digest=$(sha256sum "$3.wasm" | cut -d ' ' -f 1)
    if ! grep -q "$1.*$digest" "$here/README.md"; then
        echo "$1 $2 has SHA-256 $digest, README.md tells another" >&2
        exit 1
    fi
    echo "$1 $digest"
    test "$check" = yes || cp "$3.wasm" "$here/$3.wasm"
    cmp "$3.wasm" "$here/$3.wasm"
}

check=no
test "${1:-}" != --check || check=yes
fetch source-map@0.7.4 lib/mappings.wasm source-map
fetch sql.js@1.10.3 dist/sql-wasm.wasm sql.js
fetch yoga-layout@3.2.1 dist/binaries/yoga-wasm-base64-esm.js yoga-layout
fetch undici@6.21.0 lib/llhttp/llhttp-wasm.js undici-llhttp
fetch argon2-browser@1.18.0 dist/argon2.wasm argon2-browser
