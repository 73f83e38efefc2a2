;; Says that an array of areas is so long that its size wraps to nothing.
;; expected: LIMIT_HOST_CALLS or LIMIT_CPU at call
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (br_if $again (call $write (i32.const 1) (i32.const 128) (i32.const 0x20000000) (i32.const 64)))
      (br $again))
    (i32.const 16)))
