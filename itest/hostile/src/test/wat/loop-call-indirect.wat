;; A loop of indirect calls, each through another entry of a table.
;; expected: LIMIT_CPU at call
(module
  (type $t (func (param i32) (result i32)))
  (table 4 funcref)
  (elem (i32.const 0) $a $b $a $b)
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func $a (type $t) (i32.add (local.get 0) (i32.const 1)))
  (func $b (type $t) (i32.add (local.get 0) (i32.const 3)))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $i i32)
    (loop $again
      (local.set $i (call_indirect (type $t) (local.get $i) (i32.and (local.get $i) (i32.const 3))))
      (br $again))
    (i32.const 16)))
