;; A loop that counts in a global, so that its counter is in no local.
;; expected: LIMIT_CPU at call
(module
  (global $g (mut i64) (i64.const 0))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (global.set $g (i64.add (global.get $g) (i64.const 1)))
      (br_if $again (i64.ne (global.get $g) (i64.const -1))))
    (i32.const 16)))
