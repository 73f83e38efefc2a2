;; Recursion through a function with many results, which travel in arrays.
;; expected: LIMIT_STACK at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func $many (param i64) (result i64 i64 i64 i64 i64 i64 i64 i64)
    (call $many (i64.add (local.get 0) (i64.const 1))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (call $many (i64.const 0))
    drop drop drop drop drop drop drop drop
    (i32.const 16)))
