;; A counted loop of 2^31 rounds with a costly body, in an endless one: its price does not fit into an int.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $i i32) (local $x i64)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $inner
        (local.set $x (i64.rem_u (i64.div_s (i64.const 0x7fffffffffffffff) (i64.const 3)) (i64.const 5)))
        (i64.store (i32.const 64) (local.get $x))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $inner (i32.lt_s (local.get $i) (i32.const 0x7fffffff))))
      (br $outer))
    (i32.const 16)))
