;; Lists a directory from an entry that is billions away, for ever.
;; expected: LIMIT_HOST_CALLS or LIMIT_CPU at call
;; manifest: "capabilities": ["file_read"]
;; limits: grants=file_read scope.file_read=shared,maps
(module
  (import "wasi_snapshot_preview1" "fd_readdir" (func $readdir (param i32 i32 i32 i64 i32) (result i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (drop (call $readdir (i32.const 3) (i32.const 128) (i32.const 1000) (i64.const 0x7fffffffffffffff) (i32.const 64)))
      (br $again))
    (i32.const 16)))
