;; Three loops within each other; only the innermost ever turns more than a thousand times.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $i i32) (local $k i32)
    (loop $a
      (local.set $i (i32.const 1000))
      (loop $b
        (local.set $k (i32.const 1000))
        (loop $c
          (local.set $k (i32.sub (local.get $k) (i32.const 1)))
          (br_if $c (local.get $k)))
        (local.set $i (i32.sub (local.get $i) (i32.const 1)))
        (br_if $b (local.get $i)))
      (br $a))
    (i32.const 16)))
