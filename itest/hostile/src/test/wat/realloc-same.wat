;; cabi_realloc always returns the same pointer: what the host writes overlaps, which harms only the guest.
;; expected: SERVES at call
(module
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
