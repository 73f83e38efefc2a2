;; cabi_realloc takes three parameters.
;; expected: EXPORT_SIGNATURE at admission
(module
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32) (result i32) (i32.const 4096))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
