;; cabi_realloc never ends.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (loop $again (br $again)) (i32.const 0))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
