;; Reads and writes all over the memory, as a kernel does that never ends.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 16)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $at i32)
    (loop $again
      (i64.store (i32.and (local.get $at) (i32.const 0xffff8))
        (i64.add (i64.load (i32.and (i32.mul (local.get $at) (i32.const 31)) (i32.const 0xffff8))) (i64.const 1)))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br $again))
    (i32.const 16)))
