;; A start function that calls the host for ever.
;; expected: LIMIT_HOST_CALLS at instantiation
;; limits: initMillis=10000
(module
  (import "trinity:plugin/log@0.1.0" "log" (func $log (param i32 i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func $start (loop $again (call $log (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)) (br $again)))
  (start $start)
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
