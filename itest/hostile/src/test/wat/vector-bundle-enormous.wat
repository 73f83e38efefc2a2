;; Bundles one vector with itself half a million times: the list alone takes more of the host than the plugin may.
;; expected: LIMIT_MEMORY at call
;; manifest: "capabilities": ["vsa_ops"]
(module
  (import "trinity:plugin/vsa@0.1.0" "random" (func $random (param i64) (result i32)))
  (import "trinity:plugin/vsa@0.1.0" "bundle" (func $bundle (param i32 i32) (result i32)))
  (memory (export "memory") 200)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $v i32) (local $at i32)
    (local.set $v (call $random (i64.const 9)))
    (local.set $at (i32.const 65536))
    (loop $part
      (i32.store (local.get $at) (local.get $v))
      (i32.store offset=4 (local.get $at) (i32.const 1))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $part (i32.lt_u (local.get $at) (i32.const 4065536))))
    (drop (call $bundle (i32.const 65536) (i32.const 500000)))
    (i32.const 16)))
