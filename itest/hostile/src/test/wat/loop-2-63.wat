;; A counted loop of 2^63 rounds: rounds times cost is more than a long can hold.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $i i64) (local $x i64)
    (loop $again
      (local.set $x (i64.div_u (i64.add (local.get $x) (i64.const 7)) (i64.const 3)))
      (local.set $i (i64.add (local.get $i) (i64.const 1)))
      (br_if $again (i64.lt_s (local.get $i) (i64.const 0x7fffffffffffffff))))
    (i32.const 16)))
