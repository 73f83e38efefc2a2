;; Fires a custom hook that nobody listens to, with 64 KiB, for ever.
;; expected: LIMIT_HOST_CALLS or LIMIT_CPU or GUEST_TRAP at call
(module
  (import "trinity:plugin/hooks@0.1.0" "fire" (func $fire (param i32 i32 i32 i32 i32)))
  (memory (export "memory") 4)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 131072))
  (data (i32.const 64) "nobody")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (call $fire (i32.const 64) (i32.const 6) (i32.const 4096) (i32.const 60000) (i32.const 128))
      (br $again))
    (i32.const 16)))
