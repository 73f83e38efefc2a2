;; The round trip of trips.wat as a plugin of Extism's: its input and output lie in memory of the host's, reached by calls,
;; eight bytes at a time as Extism's own kits for plugin authors do.
(module
  (import "extism:host/env" "input_length" (func $length (result i64)))
  (import "extism:host/env" "input_load_u64" (func $load (param i64) (result i64)))
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
  (memory (export "memory") 2)
  (func (export "xor") (result i32) (local $n i64) (local $to i64) (local $i i64)
    (local.set $n (call $length))
    (loop $in
      (i64.store offset=1024 (i32.wrap_i64 (local.get $i)) (call $load (local.get $i)))
      (local.set $i (i64.add (local.get $i) (i64.const 8)))
      (br_if $in (i64.lt_u (local.get $i) (local.get $n))))
    (local.set $i (i64.const 0))
    (loop $change
      (i64.store offset=1024 (i32.wrap_i64 (local.get $i))
        (i64.xor (i64.load offset=1024 (i32.wrap_i64 (local.get $i))) (i64.const 0x5a5a5a5a5a5a5a5a)))
      (local.set $i (i64.add (local.get $i) (i64.const 8)))
      (br_if $change (i64.lt_u (local.get $i) (local.get $n))))
    (local.set $to (call $alloc (local.get $n)))
    (local.set $i (i64.const 0))
    (loop $out
      (call $store (i64.add (local.get $to) (local.get $i)) (i64.load offset=1024 (i32.wrap_i64 (local.get $i))))
      (local.set $i (i64.add (local.get $i) (i64.const 8)))
      (br_if $out (i64.lt_u (local.get $i) (local.get $n))))
    (call $output (local.get $to) (local.get $n))
    (i32.const 0)))
