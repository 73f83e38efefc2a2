;; Two functions that put the other one into the table before they call what is in it.
;; expected: LIMIT_STACK at call
(module
  (type $t (func (param i32) (result i32)))
  (table $tab 1 funcref)
  (elem declare func $a $b)
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func $a (type $t)
    (table.set $tab (i32.const 0) (ref.func $b))
    (i32.add (i32.const 1) (call_indirect $tab (type $t) (local.get 0) (i32.const 0))))
  (func $b (type $t)
    (table.set $tab (i32.const 0) (ref.func $a))
    (i32.add (i32.const 2) (call_indirect $tab (type $t) (local.get 0) (i32.const 0))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (call $a (i32.const 0))))
