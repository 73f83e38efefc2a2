;; Imports a function of WASI that is not served, with all grants for files.
;; expected: IMPORT_UNKNOWN at admission
;; manifest: "capabilities": ["file_read"]
;; limits: grants=file_read scope.file_read=shared,maps
(module
  (import "wasi_snapshot_preview1" "path_rename" (func (param i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
