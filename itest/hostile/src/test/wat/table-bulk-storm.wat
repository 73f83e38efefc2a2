;; table.fill, table.copy and table.init, for ever.
;; expected: LIMIT_CPU at call
(module
  (table $t 200000 funcref)
  (table $u 200000 funcref)
  (elem $e funcref (ref.func $f) (ref.func $f) (ref.null func) (ref.func $f))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func $f)
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (table.fill $t (i32.const 0) (ref.func $f) (i32.const 200000))
      (table.copy $u $t (i32.const 1) (i32.const 0) (i32.const 199999))
      (table.init $t $e (i32.const 5) (i32.const 0) (i32.const 4))
      (br $again))
    (i32.const 16)))
