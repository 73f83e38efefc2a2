;; Sleeps for ever.
;; expected: LIMIT_TIME at call
(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.store (i32.const 144) (i32.const 1))
    (i64.store (i32.const 152) (i64.const -1))
    (drop (call $poll (i32.const 128) (i32.const 512) (i32.const 1) (i32.const 64)))
    (i32.const 16)))
