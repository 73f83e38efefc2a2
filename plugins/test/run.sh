#!/bin/sh
# Tests the committed .wasm files. Needs node 20 and nothing else.
set -eu
cd "$(dirname "$0")"
exec node --test *.test.mjs
