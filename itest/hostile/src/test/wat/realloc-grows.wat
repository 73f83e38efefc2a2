;; cabi_realloc grows the memory at each call, which moves it under the host's feet.
;; expected: SERVES at call
(module
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (i32.shl (memory.grow (i32.const 1)) (i32.const 16)))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
