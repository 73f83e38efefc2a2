;; Calls behind the end of a table.
;; expected: GUEST_TRAP at call
(module
  (type $t (func (result i32)))
  (table 1 funcref)
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (call_indirect (type $t) (i32.const 0xffffffff))))
