;; Has a grant to read files, and makes one until it can.
;; expected: LIMIT_HOST_CALLS or LIMIT_CPU at call
;; manifest: "capabilities": ["file_read", {"name": "file_write", "optional": true}]
;; limits: grants=file_read scope.file_read=shared,maps
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 128) "maps/a")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (br_if $again (call $open (i32.const 3) (i32.const 1) (i32.const 128) (i32.const 6) (i32.const 9) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 64))))
    (i32.const 16)))
