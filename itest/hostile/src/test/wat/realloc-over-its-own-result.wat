;; cabi_realloc gives out the place where the result will be: then the result is what the host wrote.
;; expected: GUEST_ABI or SERVES at call
(module
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 16))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
