;; A br_table that leads out of eight blocks and back into the loop, on and on, as an interpreter does.
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
      (local.set $i (i32.add (i32.mul (local.get $i) (i32.const 1664525)) (i32.const 1013904223)))
      (block $h (block $g (block $f (block $e (block $d (block $c (block $b (block $a
        (br_table $a $b $c $d $e $f $g $h $again (i32.shr_u (local.get $i) (i32.const 28))))
        (br $again)) (br $again)) (br $again)) (br $again)) (br $again)) (br $again)) (br $again))
      (br $again))
    (i32.const 16)))
