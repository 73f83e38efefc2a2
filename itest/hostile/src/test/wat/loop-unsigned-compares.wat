;; Unsigned comparisons in a hot loop: where the JIT once got them wrong, the loop would end and the guest answer.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $i i32) (local $k i64)
    (loop $again
      (local.set $i (i32.add (local.get $i) (i32.const 0x10000001)))
      (local.set $k (i64.add (local.get $k) (i64.const 0x1000000000000001)))
      (if (i32.lt_u (i32.const 0xffffffff) (local.get $i)) (then (return (i32.const 16))))
      (if (i64.gt_u (local.get $k) (i64.const 0xffffffffffffffff)) (then (return (i32.const 16))))
      (br_if $again (i32.le_u (i32.const 0) (local.get $i))))
    (i32.const 16)))
