;; Lines with 60,000 empty fields each, for ever.
;; (Ten times its CPU time is enough for a machine that is busy, and not for host calls whose time is counted too late.)
;; expected: LIMIT_CPU at call
;; limits: wallMillis=1000
(module
  (import "trinity:plugin/log@0.1.0" "log" (func $log (param i32 i32 i32 i32 i32)))
  (memory (export "memory") 60)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (call $log (i32.const 4) (i32.const 64) (i32.const 5) (i32.const 65536) (i32.const 60000))
      (br $again))
    (i32.const 16)))
