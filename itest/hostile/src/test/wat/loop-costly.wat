;; The slowest instructions that there are: division, remainder, square roots, conversions.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $x f64) (local $i i64)
    (local.set $i (i64.const 0x7fffffffffffffff))
    (loop $again
      (local.set $x (f64.div (f64.sqrt (f64.add (local.get $x) (f64.const 2))) (f64.const 3.7)))
      (local.set $i (i64.add (i64.const 0x7ffffffffffffff0)
        (i64.rem_u (i64.div_s (local.get $i) (i64.const 3)) (i64.const 13))))
      (local.set $x (f64.add (f64.nearest (local.get $x)) (f64.convert_i64_u (local.get $i))))
      (local.set $i (i64.add (local.get $i) (i64.trunc_sat_f64_u (f64.min (local.get $x) (f64.const 100)))))
      (br $again))
    (i32.const 16)))
