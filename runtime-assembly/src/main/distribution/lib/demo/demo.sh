#!/usr/bin/env bash
# The guided demo behind `./tri plugin`: shows what Trinity does in a home of its own, checks each thing that it shows, and
# ends by itself. Exit code 0 if all of it held, else 1.
#
#   demo.sh [--home DIR]     DIR must not exist yet; it is kept. Without it a folder under /tmp is used and removed.
set -uo pipefail

demo=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
dist=${demo%/*/*}
plugins=$dist/plugins
tri=$dist/tri
export TRINITY_BUILD=never

keep=no
home=
while [ $# -gt 0 ]; do
  case $1 in
    --home) [ $# -ge 2 ] || { echo "demo: --home needs a folder" >&2; exit 2; }; home=$2; keep=yes; shift 2 ;;
    --home=*) home=${1#--home=}; keep=yes; shift ;;
    *) echo "usage: ./tri plugin [--home DIR]" >&2; exit 2 ;;
  esac
done
case $home in ''|/*) ;; *) home=$PWD/$home ;; esac
[ ! -e "${home:-/dev/null/none}" ] || { echo "demo: $home is there already; name a new folder" >&2; exit 2; }
work=$(mktemp -d)
home=${home:-$work/home}
unset TRINITY_HOME

finish() {
  "$tri" stop --home "$home" > /dev/null 2>&1
  rm -rf -- "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
else bold='' dim='' green='' red='' plain=''; fi

scene() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
say() { printf '%s\n' "$*"; }
shown() { printf '%s$ %s%s\n' "$dim" "$*" "$plain"; }

held=0
failed=0
# check WHAT, after a command: says whether it succeeded.
check() {
  if [ $? -eq 0 ]; then held=$((held + 1)); printf '%s  holds:%s %s\n' "$green" "$plain" "$*"
  else failed=$((failed + 1)); printf '%s  DOES NOT HOLD:%s %s\n' "$red" "$plain" "$*"; fi
}

ask() { "$tri" exec --home "$home" "$@" 2>&1; }
# Shows a Gogo line and what it says, which is then in $said; its exit code is the line's.
gogo() {
  shown "./tri exec '$*'"
  said=$(ask "$@")
  local code=$?
  printf '%s\n' "$said" | cut -c1-200
  return $code
}
says() { case $said in *"$1"*) return 0 ;; *) return 1 ;; esac; }
# drop FILE [NAME]: as anybody would, under a name that the watch ignores until it is whole.
drop() {
  local name=${2:-${1##*/}}
  shown "cp ${1#"$dist"/} $(basename "$home")/plugins/$name"
  cp -- "$1" "$home/plugins/.$name.part" && mv -- "$home/plugins/.$name.part" "$home/plugins/$name"
}
# until_true COMMAND...: asks again, at most 150 times (each takes a fifth of a second), until it succeeds.
until_true() {
  local i
  for ((i = 0; i < 150; i++)); do
    if "$@"; then return 0; fi
    sleep 0.1
  done
  return 1
}
row() { ask plugin:list | awk -v name="$1" '$1 == name'; }
state_is() { row "$1" | grep -qw -- "$2"; }
info() { ask "plugin:info $1"; }
info_has() { info "$1" | grep -q -- "$2"; }
results() { sed -n 's/.*'"$1"'.*/&/p' "$2" 2> /dev/null; }

# ---------------------------------------------------------------------------------------------------------------------

scene "A runtime in an empty folder"
shown "./tri start --home $(basename "$home")"
"$tri" start --home "$home"
check "the runtime is ready" || exit 1
[ $failed -eq 0 ] || exit 1

scene "Plugins are files: one is loaded by dropping it"
drop "$plugins/tokenizer/tokenizer.wasm"
drop "$plugins/lidar/lidar.wasm"
drop "$plugins/redact/redact.wasm"
until_true state_is tokenizer active && until_true state_is lidar active && until_true state_is redact active
check "three plugins are active: a stage, a modality handler, hooks"
gogo plugin:list

scene "A real text and a real point cloud go through the pipeline"
gogo "pipeline:run main $plugins/samples/opticks.txt"
check "Newton's Opticks went through the tokenizer"
[ -s "$home/outbox/opticks.txt" ]
check "the result is in the outbox: $(wc -c < "$home/outbox/opticks.txt" 2> /dev/null || echo 0) bytes"
gogo "pipeline:run main $plugins/samples/lidar.pcd" && says lidar
check "the lidar plugin, in C, taught the pipeline a file format that it did not know"

scene "States: a plugin can be paused, resumed, unloaded and loaded"
gogo "plugin:pause tokenizer"
state_is tokenizer paused
check "paused: calls are refused, its memory is kept"
gogo "plugin:resume tokenizer"
gogo "plugin:unload tokenizer"
state_is tokenizer unloaded
check "unloaded, though its file is still there; a restart remembers it"
gogo "plugin:load tokenizer"
until_true state_is tokenizer active
check "active again"

scene "A capability is denied unless it is granted"
drop "$demo/weather.wasm"
until_true state_is weather error
check "a plugin that wants the network is not even linked"
gogo "plugin:why weather"
says CAPABILITY_DENIED && says "plugin:grant weather network"
check "plugin:why says what it asks for, and the line that would grant it"
gogo "plugin:grant weather network 127.0.0.1:9"
until_true state_is weather active
check "granted for one host and port, it came up by itself"
gogo "plugin:revoke weather network"
gogo "hook:fire weather now"
gogo "plugin:log weather" > /dev/null
printf '%s\n' "$said" | sed -n 's/.*io.trinity.audit - /    audit log: /p' | cut -c1-200
says "decision=denied"
check "revoked, its very next call of the network is refused"
shown "rm $(basename "$home")/plugins/weather.wasm"
rm -f -- "$home/plugins/weather.wasm"

scene "A runaway is stopped"
drop "$demo/runaway.wasm"
until_true state_is runaway active
gogo "agent:ask runaway hello"
[ $? -ne 0 ] && says LIMIT_CPU
check "an endless loop was ended at its limit of CPU time, with the plugin's name and the remedy"
gogo "pipeline:run main $plugins/samples/opticks.txt"
check "the pipeline does not notice"
shown "rm $(basename "$home")/plugins/runaway.wasm"
rm -f -- "$home/plugins/runaway.wasm"

scene "Hooks run in the order of their priorities"
drop "$demo/sign.wasm"
drop "$demo/shout.wasm"
until_true state_is sign active && until_true state_is shout active
gogo hook:list
printf 'write to ann@example.org, card 4111 1111 1111 1111\n' > "$work/letter.txt"
gogo "pipeline:run main $work/letter.txt"
shown "cat $(basename "$home")/outbox/letter.txt"
cat "$home/outbox/letter.txt" 2> /dev/null
grep -q '^WRITE TO \*' "$home/outbox/letter.txt" 2> /dev/null \
  && grep -q -- '-- signed by a plugin' "$home/outbox/letter.txt"
check "shout (200) came before sign (700): the signature is not in capitals; redact (900) saw the address and the card"
shown "rm $(basename "$home")/plugins/{sign,shout}.wasm"
rm -f -- "$home/plugins/sign.wasm" "$home/plugins/shout.wasm"
until_true eval '! row sign | grep -q . && ! row shout | grep -q .'

scene "A changed file is reloaded while a stream runs; no call is lost"
before=$(ask 'plugin:info tokenizer' | sed -n 's/^generation *//p')
for _ in {1..1000}; do cat "$plugins/samples/opticks.txt"; done > "$work/long.txt"
shown "./tri exec 'pipeline:run main long.txt' &"
ask "pipeline:run main $work/long.txt" > "$work/run" &
runs=$!
LC_ALL=C sed 's/"version": "1\.0\.0"/"version": "1.0.1"/' "$plugins/tokenizer/tokenizer.wasm" > "$work/tokenizer.wasm"
shown "cp tokenizer-1.0.1.wasm $(basename "$home")/plugins/tokenizer.wasm"
cp -- "$work/tokenizer.wasm" "$home/plugins/.new" && mv -- "$home/plugins/.new" "$home/plugins/tokenizer.wasm"
until_true info_has tokenizer 'version *1\.0\.1'
still=after
if kill -0 "$runs" 2> /dev/null; then still=during; fi
wait "$runs"
ran=$?
cat "$work/run" | cut -c1-200
gogo "plugin:info tokenizer"
after=$(printf '%s\n' "$said" | sed -n 's/^generation *//p')
[ "$ran" -eq 0 ] && [ "${after:-0}" -gt "${before:-0}" ]
check "generation $before gave way to $after, and the stream went through"
chunks=$(( ($(wc -c < "$work/long.txt") + 8191) / 8192 ))
calls=$(awk '$1 == "tokenizer" { print $3, $4 }' "$work/run")
[ "$calls" = "$chunks 0" ]
check "$chunks chunks went in, and the tokenizer has ${calls%% *} calls, ${calls##* } of them failed"
[ "$still" = during ]
check "the new generation came $still the stream"

scene "A new version that does not work is refused; the old one serves on"
drop "$demo/tokenizer-2.wasm" tokenizer.wasm
until_true info_has tokenizer 'empty'
gogo "plugin:info tokenizer"
says 'version        1.0.1' && says 'state          active' && says 'the table of words is empty'
check "version 2.0.0 failed its own check, and 1.0.1 is still active"
gogo "pipeline:run main $plugins/samples/opticks.txt"
check "and still works"

scene "All of it is in the log"
gogo "plugin:log tokenizer" > /dev/null
printf '%s\n' "$said" | sed -n 's/.*\(plugin=tokenizer state=.*\)/\1/p'
for state in loading active paused draining unloaded reloading; do says "state=$state " || break; done
[ "$state" = reloading ] && says "state=reloading "
check "the tokenizer went through loading, active, paused, draining, unloaded and reloading (and weather through error)"

scene "$((held + failed)) things shown, $held held, $failed did not; $SECONDS s"
[ "$keep" = no ] || say "The home is kept: $home"
[ $failed -eq 0 ]
