;; Round trips: an empty call, bytes changed in place, calls of the host. The twin in plain Java is in Kernels.java.
(module
  (import "host" "next" (func $next (param i32) (result i32)))
  (memory (export "memory") 2)
  (func (export "empty"))
  ;; Changes n bytes from address 1024, eight at a time.
  (func (export "xor") (param $n i32) (result i32) (local $p i32) (local $end i32)
    (local.set $p (i32.const 1024))
    (local.set $end (i32.add (local.get $p) (local.get $n)))
    (loop $l
      (i64.store (local.get $p) (i64.xor (i64.load (local.get $p)) (i64.const 0x5a5a5a5a5a5a5a5a)))
      (local.set $p (i32.add (local.get $p) (i32.const 8)))
      (br_if $l (i32.lt_u (local.get $p) (local.get $end))))
    (local.get $n))
  ;; Calls the host n times, each time with what it returned.
  (func (export "calls") (param $n i32) (result i32) (local $x i32)
    (loop $l
      (local.set $x (call $next (local.get $x)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $x)))
