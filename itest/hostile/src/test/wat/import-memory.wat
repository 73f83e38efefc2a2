;; Imports its memory from the host.
;; expected: MODULE_FEATURE at admission
(module
  (import "env" "memory" (memory 1))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
