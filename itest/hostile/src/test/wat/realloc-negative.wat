;; cabi_realloc returns -8.
;; expected: GUEST_ABI at call
(module
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const -8))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
