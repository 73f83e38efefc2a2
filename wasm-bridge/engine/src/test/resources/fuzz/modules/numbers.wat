(module
  (func (export "f") (param f64 f32 i64) (result f64)
    (f64.add (f64.copysign (f64.nearest (local.get 0)) (f64.promote_f32 (f32.sqrt (local.get 1))))
      (f64.convert_i64_u (i64.div_s (i64.trunc_sat_f64_s (local.get 0)) (local.get 2)))))
  (func (export "g") (param i32 i32) (result i32)
    (i32.rem_s (i32.extend8_s (i32.rotl (local.get 0) (i32.clz (local.get 1))))
      (i32.trunc_f64_u (f64.convert_i32_s (local.get 1)))))
  (func $two (param i32) (result i32 i64) (local.get 0) (i64.const 3))
  (func (export "h") (param i32) (result i64) (call $two (local.get 0)) (drop) (drop) (i64.const 1)))
