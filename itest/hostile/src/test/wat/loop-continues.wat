;; A loop with three back edges from different depths, which takes the cheapest one each time.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $i i32)
    (loop $again
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.and (local.get $i) (i32.const 1)))
      (if (i32.and (local.get $i) (i32.const 2)) (then (br $again)))
      (block $out (block (br_if $out (i32.eqz (local.get $i))) (br $again)))
      (br $again))
    (i32.const 16)))
