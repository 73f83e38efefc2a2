;; cabi_realloc calls itself.
;; expected: LIMIT_STACK at call
(module
  (memory (export "memory") 1)
  (func $realloc (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (call $realloc (local.get 1) (local.get 0) (local.get 2) (local.get 3)))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
