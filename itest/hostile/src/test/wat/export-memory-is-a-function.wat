;; What it calls memory is a function; its memory is not exported.
;; expected: EXPORT_MISSING at admission
(module
  (memory 1)
  (func (export "memory"))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
