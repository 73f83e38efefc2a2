;; cabi_realloc calls process, which calls cabi_realloc.
;; expected: LIMIT_STACK at call
(module
  (memory (export "memory") 1)
  (func $realloc (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (call $process (local.get 0) (local.get 1)))
  (func $process (export "process") (param i32 i32) (result i32)
    (call $realloc (local.get 0) (local.get 1) (local.get 0) (local.get 1))))
