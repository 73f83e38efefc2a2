package io.trinity.testkit;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.trinity.wrapper.ModulePacker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plugin that only hooks, in WebAssembly text: its exports follow the worlds {@code hook-…} and
 * {@code callable} of the contract.
 */
public final class HookGuest {
    private final String name;
    private final String version;
    private final List<String> hooks = new ArrayList<>();
    private final List<String> exports = new ArrayList<>();
    private String manifest = "";
    private String imports = "";

    private HookGuest(String name, String version) {
        this.name = name;
        this.version = version;
    }

    public static HookGuest named(String name, String version) {
        return new HookGuest(name, version);
    }

    /** More fields of the manifest, as JSON without the braces. */
    public HookGuest manifest(String fields) {
        manifest += ", " + fields;
        return this;
    }

    /** Imports that stand before the memory. */
    public HookGuest imports(String declarations) {
        imports += declarations;
        return this;
    }

    private HookGuest hook(String point, String more, int priority, String export) {
        hooks.add("{\"point\": \"%s\"%s, \"priority\": %s}".formatted(point, more, priority));
        if (!exports.contains(export)) {
            exports.add(export);
        }
        return this;
    }

    /** Custom hook: appends a character to the payload. */
    public HookGuest appends(String hook, int priority, char c) {
        return appendsAfter(0, hook, priority, c);
    }

    /**
     * Custom hook: appends a character, fires another custom hook with that, and gives its answer;
     * where that fails, a '!' is appended.
     */
    public HookGuest relays(String hook, int priority, char c, String next) {
        return relaysAfter(0, hook, priority, c, next);
    }

    /** As {@link #relays}, after so many rounds of a loop. */
    public HookGuest relaysAfter(long rounds, String hook, int priority, char c, String next) {
        imports(
                "(import \"trinity:plugin/hooks@0.1.0\" \"fire\" (func $fire (param i32 i32 i32 i32"
                        + " i32)))");
        exports.add("(data (i32.const 64) \"" + next + "\")");
        return custom(
                hook,
                priority,
                after(rounds)
                        + append(c)
                        + """
                        (call $fire (i32.const 64) (i32.const %s) (local.get $at) (local.get $n) (i32.const 32))
                        (if (i32.load8_u (i32.const 32))
                          (then
                            (i32.store8 (i32.add (local.get $at) (local.get $n)) (i32.const 33))
                            (local.set $n (i32.add (local.get $n) (i32.const 1))))
                          (else
                            (local.set $at (i32.load (i32.const 36)))
                            (local.set $n (i32.load (i32.const 40)))))
                        (call $ok (local.get $at) (local.get $n))
                        """
                                .formatted(next.length()));
    }

    private static String after(long rounds) {
        return rounds == 0 ? "" : Stage.rounds(rounds);
    }

    /** Custom hook with a body of its own: locals $p, $length (the payload), $at, $n, $i. */
    public HookGuest custom(String hook, int priority, String body) {
        return hook(
                "custom",
                ", \"name\": \"" + hook + "\"",
                priority,
                """
                (func (export "custom")
                    (param $name i32) (param $names i32) (param $p i32) (param $length i32) (result i32)
                    (local $at i32) (local $n i32) (local $i i64)
                  %s)
                """
                        .formatted(body));
    }

    private static String append(char c) {
        return """
        (local.set $at (call $alloc (i32.add (local.get $length) (i32.const 8))))
        (memory.copy (local.get $at) (local.get $p) (local.get $length))
        (i32.store8 (i32.add (local.get $at) (local.get $length)) (i32.const %s))
        (local.set $n (i32.add (local.get $length) (i32.const 1)))
        """
                .formatted((int) c);
    }

    /**
     * Point post_chunk with a body of its own: locals $chunks, $count, $payload; leaves the pointer
     * of a result.
     */
    public HookGuest postChunk(int priority, String body) {
        return hook(
                "post_chunk",
                "",
                priority,
                """
                (func (export "postchunk") (param $chunks i32) (param $count i32) (result i32)
                    (local $payload i32)
                  (local.set $payload (i32.load (local.get $chunks)))
                  %s)
                """
                        .formatted(body));
    }

    /** Point post_chunk: every chunk passes. */
    public static String pass() {
        return "(call $verdict (i32.const 0) (i32.const 0) (i32.const 0))";
    }

    /** Point post_chunk: chunks are dropped. */
    public static String drop() {
        return "(call $verdict (i32.const 1) (i32.const 0) (i32.const 0))";
    }

    /** Point post_chunk: the byte at an index of the payload is set. */
    public static String set(int index, char c) {
        return """
        (i32.store8 offset=%s (local.get $payload) (i32.const %s))
        (call $verdict (i32.const 2) (local.get $chunks) (local.get $count))
        """
                .formatted(index, (int) c);
    }

    /** Point pre_pipeline: refuses with a reason. */
    public HookGuest vetoes(int priority, String reason) {
        exports.add("(data (i32.const 128) \"" + reason + "\")");
        return hook(
                "pre_pipeline",
                "",
                priority,
                """
                (func (export "prepipeline") (param i32 i32 i32 i32) (result i32)
                  (call $err (i32.const 128) (i32.const %s)))
                """
                        .formatted(reason.length()));
    }

    /** Point post_fusion: labels every window. */
    public HookGuest labels(int priority, String label) {
        exports.add("(data (i32.const 192) \"" + label + "\")");
        return hook(
                "post_fusion",
                "",
                priority,
                """
                (func (export "postfusion") (param $windows i32) (param $count i32) (result i32)
                    (local $at i32) (local $i i32)
                  (local.set $at (call $alloc (i32.mul (local.get $count) (i32.const 16))))
                  (block $done
                    (loop $next
                      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
                      (i32.store (i32.add (local.get $at) (i32.mul (local.get $i) (i32.const 16))) (i32.const 192))
                      (i32.store offset=4 (i32.add (local.get $at) (i32.mul (local.get $i) (i32.const 16))) (i32.const %s))
                      (i32.store offset=8 (i32.add (local.get $at) (i32.mul (local.get $i) (i32.const 16))) (i32.const 0))
                      (i32.store offset=12 (i32.add (local.get $at) (i32.mul (local.get $i) (i32.const 16))) (i32.const 0))
                      (local.set $i (i32.add (local.get $i) (i32.const 1)))
                      (br $next)))
                  (call $ok (local.get $at) (local.get $count)))
                """
                        .formatted(label.length()));
    }

    /** Point pre_fusion: gives every part that weight. */
    public HookGuest weighs(int priority, double weight) {
        return hook(
                "pre_fusion",
                "",
                priority,
                """
                (func (export "prefusion") (param i32 i32) (param $parts i32) (param $count i32) (result i32)
                    (local $at i32) (local $i i32)
                  (local.set $at (call $alloc (i32.mul (local.get $count) (i32.const 8))))
                  (block $done
                    (loop $next
                      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
                      (f64.store (i32.add (local.get $at) (i32.mul (local.get $i) (i32.const 8))) (f64.const %s))
                      (local.set $i (i32.add (local.get $i) (i32.const 1)))
                      (br $next)))
                  (call $ok (local.get $at) (local.get $count)))
                """
                        .formatted(weight));
    }

    /** Point on_error: logs the number of incidents as that many stars. */
    public HookGuest logsErrors(int priority) {
        return logs("on_error", "onerror", priority);
    }

    /** Point on_metrics: logs the number of samples, at most 60, as that many stars. */
    public HookGuest logsMetrics(int priority) {
        return logs("on_metrics", "onmetrics", priority);
    }

    private HookGuest logs(String point, String export, int priority) {
        String log =
                "(import \"trinity:plugin/log@0.1.0\" \"log\" (func $log (param i32 i32 i32 i32"
                        + " i32)))";
        if (!imports.contains(log)) {
            imports(log);
            exports.add("(data (i32.const 256) \"" + "*".repeat(60) + "\")");
        }
        return hook(
                point,
                "",
                priority,
                """
                (func (export "%s") (param $list i32) (param $count i32)
                  (call $log (i32.const 2) (i32.const 256)
                    (select (local.get $count) (i32.const 60) (i32.lt_u (local.get $count) (i32.const 60)))
                    (i32.const 0) (i32.const 0)))
                """
                        .formatted(export));
    }

    /** World callable: answers with what it was asked, a character added. */
    public HookGuest answers(char c) {
        return answersAfter(0, c);
    }

    /** As {@link #answers}, after so many rounds of a loop. */
    public HookGuest answersAfter(long rounds, char c) {
        exports.add(
                """
                (func (export "answer")
                    (param $name i32) (param $names i32) (param $p i32) (param $length i32) (result i32)
                    (local $at i32) (local $n i32) (local $i i64)
                  %s
                  %s
                  (call $ok (local.get $at) (local.get $n)))
                """
                        .formatted(after(rounds), append(c)));
        return this;
    }

    /** Custom hook: works for so many rounds of a loop and adds a character. */
    public HookGuest appendsAfter(long rounds, String hook, int priority, char c) {
        return custom(
                hook,
                priority,
                after(rounds) + append(c) + "(call $ok (local.get $at) (local.get $n))");
    }

    /** Custom hook: asks a plugin that it depends on, and gives its answer, '!' where it fails. */
    public HookGuest asks(String hook, int priority, String plugin) {
        imports(
                "(import \"trinity:plugin/plugins@0.1.0\" \"call\" (func $ask (param i32 i32 i32"
                        + " i32 i32 i32 i32)))");
        exports.add("(data (i32.const 320) \"" + plugin + "\")");
        return custom(
                hook,
                priority,
                """
                (call $ask (i32.const 320) (i32.const %s) (local.get $name) (local.get $names)
                  (local.get $p) (local.get $length) (i32.const 32))
                (if (i32.load8_u (i32.const 32))
                  (then
                    (local.set $at (call $alloc (i32.const 8)))
                    (i32.store8 (local.get $at) (i32.const 33))
                    (local.set $n (i32.const 1)))
                  (else
                    (local.set $at (i32.load (i32.const 36)))
                    (local.set $n (i32.load (i32.const 40)))))
                (call $ok (local.get $at) (local.get $n))
                """
                        .formatted(plugin.length()));
    }

    /** The manifest. */
    public String manifestJson() {
        return "{\"manifest\": 1, \"name\": \"%s\", \"version\": \"%s\", \"hooks\": [%s]%s}"
                .formatted(name, version, String.join(", ", hooks), manifest);
    }

    /** The plugin. */
    public byte[] plugin() {
        return ModulePacker.pack(
                Wat2Wasm.parse(wat()), manifestJson().getBytes(StandardCharsets.UTF_8));
    }

    private String wat() {
        return String.format(
                Locale.ROOT,
                """
                (module
                  %s
                  (memory (export "memory") 1)
                  (global $top (mut i32) (i32.const 4096))
                  (func $alloc (param $size i32) (result i32)
                    (local $at i32)
                    (local.set $at
                      (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
                    (global.set $top (i32.add (local.get $at) (local.get $size)))
                    (block $enough
                      (br_if $enough
                        (i32.le_u (global.get $top) (i32.shl (memory.size) (i32.const 16))))
                      (br_if $enough
                        (i32.ne (i32.const -1)
                          (memory.grow (i32.add (i32.const 1) (i32.shr_u (local.get $size) (i32.const 16))))))
                      unreachable)
                    (local.get $at))
                  (func (export "cabi_realloc") (param i32 i32 i32) (param $size i32) (result i32)
                    (call $alloc (local.get $size)))
                  (func $ok (param $at i32) (param $n i32) (result i32)
                    (global.set $top (i32.const 4096))
                    (i32.store (i32.const 16) (i32.const 0))
                    (i32.store (i32.const 20) (local.get $at))
                    (i32.store (i32.const 24) (local.get $n))
                    (i32.const 16))
                  (func $err (param $at i32) (param $n i32) (result i32)
                    (global.set $top (i32.const 4096))
                    (i32.store (i32.const 16) (i32.const 1))
                    (i32.store (i32.const 20) (local.get $at))
                    (i32.store (i32.const 24) (local.get $n))
                    (i32.const 16))
                  (func $verdict (param $case i32) (param $at i32) (param $n i32) (result i32)
                    (global.set $top (i32.const 4096))
                    (i32.store (i32.const 16) (i32.const 0))
                    (i32.store (i32.const 20) (local.get $case))
                    (i32.store (i32.const 24) (local.get $at))
                    (i32.store (i32.const 28) (local.get $n))
                    (i32.const 16))
                  %s)
                """,
                imports,
                String.join("\n", exports));
    }
}
