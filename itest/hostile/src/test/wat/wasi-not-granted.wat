;; Opens files by WASI without a grant.
;; expected: CAPABILITY_DENIED at admission
;; manifest: "capabilities": ["file_read"]
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
