;; A loop that looks counted, but its bound runs away as fast as its counter.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $i i32) (local $bound i32)
    (local.set $bound (i32.const 10))
    (loop $again
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $bound (i32.add (local.get $i) (i32.const 10)))
      (br_if $again (i32.lt_s (local.get $i) (local.get $bound))))
    (i32.const 16)))
