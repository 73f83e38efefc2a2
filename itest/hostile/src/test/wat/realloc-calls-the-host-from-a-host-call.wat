;; The host, asked for a text, asks cabi_realloc for room, which asks the host for a text, and so on.
;; expected: GUEST_ABI at call
(module
  (import "trinity:plugin/host@0.1.0" "explain" (func $explain (param i32)))
  (import "trinity:plugin/hooks@0.1.0" "fire" (func $fire (param i32 i32 i32 i32 i32)))
  (global $armed (mut i32) (i32.const 0))
  (memory (export "memory") 1)
  (data (i32.const 64) "nobody")
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (if (global.get $armed) (then (call $explain (i32.const 128))))
    (i32.const 4096))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (global.set $armed (i32.const 1))
    (call $fire (i32.const 64) (i32.const 6) (i32.const 64) (i32.const 6) (i32.const 128))
    (i32.const 16)))
