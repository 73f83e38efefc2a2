;; Declares files as optional, is not granted them, and asks for ever: it is denied each time, and the audit log not filled.
;; expected: LIMIT_HOST_CALLS at call
;; limits: cpuMillis=10000
;; manifest: "capabilities": [{"name": "file_read", "optional": true}]
(module
  (import "trinity:plugin/files@0.1.0" "read" (func $read (param i32 i32 i64 i32 i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 64) "../../../../../../etc/passwd")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (call $read (i32.const 64) (i32.const 28) (i64.const 0) (i32.const 1000) (i32.const 128))
      (br $again))
    (i32.const 16)))
