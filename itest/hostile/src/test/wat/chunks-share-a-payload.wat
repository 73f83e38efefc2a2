;; Four thousand chunks that all have the same 64 KiB as payload: 256 KiB there stand for 256 MiB here.
;; expected: LIMIT_MEMORY at call
(module
  (memory (export "memory") 8)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 16) "\00\00\00\00\00\00\02\00\a0\0f\00\00")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $i i32)
    (local.set $i (i32.const 0x20000))
    (loop $chunk
      (i64.store (local.get $i) (i64.const 0x0001000000000000))
      (local.set $i (i32.add (local.get $i) (i32.const 64)))
      (br_if $chunk (i32.lt_u (local.get $i) (i32.const 0x60000))))
    (i32.const 16)))
