;; Two functions that call each other for ever, with parameters of all types.
;; expected: LIMIT_STACK at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func $ping (param i32 i64 f32 f64) (result f64)
    (f64.add (f64.const 1)
      (call $pong (local.get 3) (local.get 2) (local.get 1) (local.get 0))))
  (func $pong (param f64 f32 i64 i32) (result f64)
    (f64.add (f64.const 2)
      (call $ping (local.get 3) (local.get 2) (local.get 1) (local.get 0))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (drop (call $ping (i32.const 1) (i64.const 2) (f32.const 3) (f64.const 4)))
    (i32.const 16)))
