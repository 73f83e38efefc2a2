;; Takes all the memory that it may have, touches every page, and keeps it: the limit holds, and the next call serves.
;; expected: SERVES at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $at i32)
    (block $full (loop $more (br_if $full (i32.eq (memory.grow (i32.const 16)) (i32.const -1))) (br $more)))
    (if (i32.gt_u (memory.size) (i32.const 256)) (then unreachable))
    (loop $touch
      (i32.store8 offset=32768 (local.get $at) (i32.const 1))
      (local.set $at (i32.add (local.get $at) (i32.const 65536)))
      (br_if $touch (i32.lt_u (local.get $at) (i32.shl (i32.sub (memory.size) (i32.const 1)) (i32.const 16)))))
    (i32.const 16)))
