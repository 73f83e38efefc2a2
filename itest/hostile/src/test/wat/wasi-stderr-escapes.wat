;; Prints what moves a terminal's cursor and forges a line, and exits.
;; expected: GUEST_TRAP at call
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 256) "\1b[2K\1b[1AERROR \e2\80\aeok\n")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.store (i32.const 128) (i32.const 256))
    (i32.store (i32.const 132) (i32.const 20))
    (drop (call $write (i32.const 2) (i32.const 128) (i32.const 1) (i32.const 64)))
    (call $exit (i32.const 3))
    (i32.const 16)))
