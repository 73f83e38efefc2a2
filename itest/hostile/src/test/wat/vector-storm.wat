;; Makes and releases vectors for ever.
;; expected: LIMIT_HOST_CALLS or LIMIT_CPU at call
;; manifest: "capabilities": ["vsa_ops"]
(module
  (import "trinity:plugin/vsa@0.1.0" "random" (func $random (param i64) (result i32)))
  (import "trinity:plugin/vsa@0.1.0" "release" (func $release (param i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again (call $release (call $random (i64.const 9))) (br $again))
    (i32.const 16)))
