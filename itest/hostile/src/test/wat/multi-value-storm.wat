;; Arrays of results, made and dropped for ever: what a garbage collector has to follow.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func $many (param i64) (result i64 i64 i64 i64 i64 i64 i64 i64)
    (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (call $many (i64.const 1))
      drop drop drop drop drop drop drop drop
      (br $again))
    (i32.const 16)))
