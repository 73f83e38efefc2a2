package io.trinity.testkit;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.trinity.wrapper.ModulePacker;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A pipeline_stage in the WebAssembly text format, or a modality_handler, but for what it does with
 * a chunk.
 *
 * <p>The body runs once per call, with {@code $chunk} the address of the first chunk, {@code
 * $payload} and {@code $length} those of its payload, and a free local {@code $i}. What it leaves
 * is returned: the chunks as they are in memory, {@code $count} of them.
 */
public final class Stage {
    private final String name;
    private final String version;
    private String type = "pipeline_stage";
    private String manifest = "";
    private String imports = "";
    private String functions = "";
    private String initialize = "";
    private String body = "";
    private int pages = 1;

    private Stage(String name, String version) {
        this.name = name;
        this.version = version;
    }

    /** A stage that hands on what it gets. */
    public static Stage named(String name, String version) {
        return new Stage(name, version);
    }

    /** More fields of the manifest, as JSON without the braces. */
    public Stage manifest(String fields) {
        manifest = ", " + fields;
        return this;
    }

    /**
     * A modality handler in place of a stage: with a piece of a file of that type it does what a
     * stage does with a chunk. It cannot encode.
     */
    public Stage decodes(String modality, String contentType) {
        type = "modality_handler";
        functions(
                """
                (func (export "decode") (param $chunk i32) (param $count i32) (result i32)
                  (call $process (local.get $chunk) (local.get $count)))
                (func (export "encode") (param $chunk i32) (param $count i32) (result i32)
                  unreachable)
                """);
        return manifest(
                "\"modality\": {\"name\": \"%s\", \"content-types\": [\"%s\"]}"
                        .formatted(modality, contentType));
    }

    /** Imports and other declarations that stand before the memory. */
    public Stage imports(String declarations) {
        imports = declarations;
        return this;
    }

    /** Further functions, globals and data. */
    public Stage functions(String declarations) {
        functions = declarations;
        return this;
    }

    /** What {@code _initialize} does. */
    public Stage initialize(String instructions) {
        initialize = "(func (export \"_initialize\") (local $i i64) " + instructions + ")";
        return this;
    }

    /** What {@code process} does with a chunk. */
    public Stage body(String instructions) {
        body = instructions;
        return this;
    }

    /** Pages of 64 KiB that its memory begins with. */
    public Stage pages(int count) {
        pages = count;
        return this;
    }

    /** Sets the first byte of the payload. */
    public Stage stamp(char c) {
        return body("(i32.store8 (local.get $payload) (i32.const " + (int) c + "))");
    }

    /** The manifest. */
    public String manifestJson() {
        return "{\"manifest\": 1, \"name\": \"%s\", \"version\": \"%s\", \"type\": \"%s\"%s}"
                .formatted(name, version, type, manifest);
    }

    /** The module without its manifest. */
    public byte[] module() {
        return Wat2Wasm.parse(wat());
    }

    /** The plugin. */
    public byte[] plugin() {
        return ModulePacker.pack(module(), manifestJson().getBytes(StandardCharsets.UTF_8));
    }

    private String wat() {
        return String.format(
                Locale.ROOT,
                """
                (module
                  %s
                  (memory (export "memory") %s)
                  (global $top (mut i32) (i32.const 4096))
                  %s
                  (func (export "cabi_realloc")
                      (param $old i32) (param $was i32) (param $align i32) (param $size i32) (result i32)
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
                  (func (export "cabi_post_process") (param i32)
                    (global.set $top (i32.const 4096)))
                  %s
                  (func $process (export "process") (param $chunk i32) (param $count i32) (result i32)
                      (local $payload i32) (local $length i32) (local $i i64)
                    (local.set $payload (i32.load (local.get $chunk)))
                    (local.set $length (i32.load offset=4 (local.get $chunk)))
                    %s
                    (i32.store (i32.const 16) (i32.const 0))
                    (i32.store (i32.const 20) (local.get $chunk))
                    (i32.store (i32.const 24) (local.get $count))
                    (i32.const 16)))
                """,
                imports,
                pages,
                functions,
                initialize,
                body);
    }

    /** A loop that ends after so many rounds; needs a local {@code $i}. */
    public static String rounds(long count) {
        return """
        (local.set $i (i64.const %s))
        (loop $round
          (local.set $i (i64.sub (local.get $i) (i64.const 1)))
          (br_if $round (i64.ne (local.get $i) (i64.const 0))))
        """
                .formatted(count);
    }

    /** Instructions that run only when the payload begins with that character. */
    public static String when(char c, String instructions) {
        return "(if (i32.eq (i32.load8_u (local.get $payload)) (i32.const %s)) (then %s))"
                .formatted((int) c, instructions);
    }
}
