package io.trinity.hostile;

import static io.trinity.hostile.ModuleBuilder.NOTHING;
import static io.trinity.hostile.ModuleBuilder.bytes;
import static io.trinity.hostile.ModuleBuilder.concat;
import static io.trinity.hostile.ModuleBuilder.custom;
import static io.trinity.hostile.ModuleBuilder.manifest;
import static io.trinity.hostile.ModuleBuilder.unsigned;

import io.trinity.hostile.Attack.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Files that are not what they seem: forged bytes, features, names and manifests. */
final class Forgeries {
    private static final byte[] NO_LOCALS = bytes(0);
    private static final byte[] END = bytes(0x0B);

    private final List<Attack> all = new ArrayList<>();

    private Forgeries() {}

    static List<Attack> all() {
        Forgeries forgeries = new Forgeries();
        forgeries.features();
        forgeries.bytesOfAModule();
        forgeries.names();
        forgeries.manifests();
        return forgeries.all;
    }

    private void add(String name, String what, String codes, Stage stage, Supplier<byte[]> file) {
        all.add(Attack.of(name, what, codes, stage, file));
    }

    private void refused(String name, String what, String code, Supplier<byte[]> file) {
        add(name, what, code, Stage.ADMISSION, file);
    }

    /** One function with these instructions. */
    private static byte[] code(int... instructions) {
        return new ModuleBuilder().function(NOTHING, NO_LOCALS, bytes(instructions), END).build();
    }

    private void features() {
        feature("tail-call", "return_call, which would never use up the stack.", 0x12, 2);
        feature("tail-call-indirect", "return_call_indirect.", 0x41, 0, 0x13, 0, 0);
        feature(
                "unwinding",
                "try_table with catch_all around a loop, to outlive a limit.",
                0x1F,
                0x40,
                1,
                2,
                0,
                0x03,
                0x40,
                0x0C,
                0,
                0x0B,
                0x0B);
        feature(
                "unwinding-legacy",
                "try and catch_all, as they were before.",
                0x06,
                0x40,
                0x10,
                2,
                0x19,
                0x0B);
        feature("throw", "Throws.", 0x08, 0);
        feature(
                "atomics",
                "Waits for a notification that never comes.",
                0x41,
                0,
                0x41,
                0,
                0x42,
                0x7F,
                0xFE,
                0x01,
                2,
                0,
                0x1A);
        feature("gc", "Makes a structure in a heap of its own.", 0xFB, 0, 0, 0x1A);
        feature("call-ref", "Calls through a typed reference.", 0x14, 0);
        feature("second-memory", "Fills a second memory.", 0x41, 0, 0x41, 0, 0x41, 0, 0xFC, 11, 1);
        feature("wide-arithmetic", "An instruction that is still a proposal.", 0xFC, 19);
        refused(
                "memory-64",
                "A memory with addresses of 64 bits.",
                "MODULE_FEATURE",
                () -> new ModuleBuilder().section(ModuleBuilder.MEMORY, bytes(1, 4, 1)).build());
        refused(
                "memory-shared",
                "A memory that threads share.",
                "MODULE_FEATURE",
                () -> new ModuleBuilder().section(ModuleBuilder.MEMORY, bytes(1, 3, 1, 1)).build());
    }

    private void feature(String name, String what, int... instructions) {
        refused(name, what, "MODULE_FEATURE", () -> code(instructions));
    }

    private void bytesOfAModule() {
        refused(
                "unknown-instruction",
                "An instruction that there is not.",
                "MODULE_MALFORMED",
                () -> code(0x27));
        refused(
                "operand-missing",
                "An addition of nothing.",
                "MODULE_MALFORMED",
                () -> code(0x6A, 0x1A));
        refused(
                "type-confusion",
                "Adds a float to an int.",
                "MODULE_MALFORMED",
                () -> code(0x43, 0, 0, 0, 0, 0x41, 0, 0x6A, 0x1A));
        refused(
                "branch-out-of-function",
                "Branches out of more blocks than there are.",
                "MODULE_MALFORMED",
                () -> code(0x0C, 9));
        refused(
                "local-out-of-range",
                "Reads a local that it does not have.",
                "MODULE_MALFORMED",
                () -> code(0x20, 99, 0x1A));
        refused(
                "call-out-of-range",
                "Calls a function that there is not.",
                "MODULE_MALFORMED",
                () -> code(0x10, 99));
        refused(
                "global-out-of-range",
                "Reads a global that there is not.",
                "MODULE_MALFORMED",
                () -> code(0x23, 99, 0x1A));
        refused(
                "start-out-of-range",
                "Starts with a function that there is not.",
                "MODULE_MALFORMED",
                () -> new ModuleBuilder().section(ModuleBuilder.START, unsigned(99)).build());
        refused(
                "start-with-parameters",
                "Starts with a function that wants arguments.",
                "MODULE_MALFORMED",
                () -> new ModuleBuilder().section(ModuleBuilder.START, unsigned(0)).build());
        refused(
                "export-out-of-range",
                "Exports a function that there is not.",
                "MODULE_MALFORMED",
                () -> new ModuleBuilder().export("nothing", 0, 99).build());
        refused(
                "export-twice",
                "Exports two functions by one name.",
                "MODULE_MALFORMED",
                () -> new ModuleBuilder().export("process", 0, 1).build());
        refused(
                "leb-overlong",
                "A length in ten bytes.",
                "MODULE_MALFORMED",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.GLOBAL,
                                        bytes(
                                                0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                                                0x80, 0))
                                .build());
        refused(
                "section-longer-than-the-file",
                "A section of 4 GiB in a file of a few bytes.",
                "MODULE_MALFORMED",
                () -> new ModuleBuilder().then(bytes(11, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F)).build());
        refused(
                "section-twice",
                "Two code sections.",
                "MODULE_MALFORMED",
                () -> new ModuleBuilder().then(bytes(10, 1, 0)).build());
        refused(
                "section-unknown",
                "A section that there is not.",
                "MODULE_MALFORMED",
                () -> new ModuleBuilder().then(bytes(99, 0)).build());
        refused(
                "bodies-missing",
                "Declares more functions than it has.",
                "MODULE_MALFORMED",
                () -> new ModuleBuilder().section(ModuleBuilder.CODE, bytes(0)).build());
        whole(
                "cut-off",
                "A file that ends in the middle.",
                "MODULE_MALFORMED",
                () -> {
                    byte[] module = new ModuleBuilder().build();
                    return Arrays.copyOf(module, module.length / 2);
                });
        whole(
                "component",
                "A component.",
                "MODULE_COMPONENT",
                () -> bytes(0, 'a', 's', 'm', 0x0D, 0, 1, 0));
        whole("empty", "An empty file.", "MODULE_MALFORMED", () -> new byte[0]);
        whole(
                "jar",
                "A jar, renamed: it must not be installed as the bundle that it is.",
                "MODULE_MALFORMED",
                () -> bytes('P', 'K', 3, 4, 20, 0, 8, 8, 8, 0));
        whole(
                "file-17-mib",
                "A file larger than a plugin may be.",
                "FILE_TOO_LARGE",
                () -> new byte[17 << 20]);
    }

    private void whole(String name, String what, String code, Supplier<byte[]> file) {
        all.add(
                new Attack(
                        name,
                        what,
                        List.of(code.split(" or ")),
                        code.equals(Attack.SERVES) ? Stage.CALL : Stage.ADMISSION,
                        Attack.WHOLE_FILE,
                        Map.of(),
                        file));
    }

    private void names() {
        add(
                "names-of-the-jvm",
                "Exports with names that mean something to the JVM or to the engine.",
                Attack.SERVES,
                Stage.CALL,
                () ->
                        new ModuleBuilder()
                                .export("<init>", 0, 0)
                                .export("<clinit>", 0, 0)
                                .export("func_0", 0, 1)
                                .export("call", 0, 1)
                                .export("java/lang/Object", 0, 0)
                                .export("a.b;c[/<>:", 0, 0)
                                .export("", 0, 0)
                                .build());
        add(
                "names-with-control-characters",
                "Exports whose names clear the screen or turn text around.",
                Attack.SERVES,
                Stage.CALL,
                () ->
                        new ModuleBuilder()
                                .export("\u001b[2J\u0007", 0, 0)
                                .export("\u202e\u0000\r\nManifest-Version: 2", 0, 0)
                                .build());
        add(
                "name-100-kib",
                "An export whose name is longer than a constant of the JVM.",
                Attack.SERVES,
                Stage.CALL,
                () -> new ModuleBuilder().export("n".repeat(100_000), 0, 0).build());
        refused(
                "import-name-1-mib",
                "An import whose name is 1 MiB: its message must not be.",
                "IMPORT_UNKNOWN",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.IMPORT,
                                        bytes(1),
                                        ModuleBuilder.name("m".repeat(1 << 20)),
                                        ModuleBuilder.name("\u001b[2J".repeat(1 << 18)),
                                        bytes(0, 0))
                                .build());
        refused(
                "export-name-not-utf8",
                "An export whose name is not UTF-8.",
                "MODULE_MALFORMED",
                () ->
                        new ModuleBuilder()
                                .section(ModuleBuilder.EXPORT, bytes(1, 2, 0xC0, 0xAF, 0, 0))
                                .build());
        add(
                "name-section-forged",
                "A name section that lies: nobody reads it.",
                Attack.SERVES,
                Stage.CALL,
                () ->
                        new ModuleBuilder()
                                .then(custom("name", bytes(1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0xFF)))
                                .build());
        add(
                "custom-10-mib",
                "A custom section of 10 MiB.",
                Attack.SERVES,
                Stage.CALL,
                () -> new ModuleBuilder().then(custom("ballast", new byte[10 << 20])).build());
    }

    private void manifests() {
        forged("manifest-missing", "No manifest.", "MANIFEST_MISSING", () -> new byte[0]);
        forged(
                "manifest-not-json",
                "A manifest that is no JSON.",
                "MANIFEST_INVALID",
                () -> manifest(utf8("\u0000\u0001\u0002")));
        forged(
                "manifest-deep",
                "A manifest of 100,000 brackets within each other.",
                "MANIFEST_INVALID",
                () -> manifest(utf8("[".repeat(100_000))));
        forged(
                "manifest-deep-field",
                "A field that nobody knows, 50,000 objects deep.",
                "MANIFEST_INVALID",
                () ->
                        manifest(
                                utf8(
                                        fields("deep")
                                                + ", \"x\": "
                                                + "{\"x\":".repeat(50_000)
                                                + "1"
                                                + "}".repeat(50_000)
                                                + "}")));
        forged(
                "manifest-300-kib",
                "A manifest of 300 KiB.",
                "MANIFEST_INVALID",
                () ->
                        manifest(
                                utf8(
                                        fields("large")
                                                + ", \"x\": \""
                                                + "x".repeat(300 << 10)
                                                + "\"}")));
        forged(
                "manifest-name-path",
                "A name that leads out of every folder.",
                "MANIFEST_INVALID",
                () -> manifest(utf8(fields("../../../conf/evil") + "}")));
        forged(
                "manifest-name-header",
                "A name that would add headers to a bundle.",
                "MANIFEST_INVALID",
                () -> manifest(utf8(fields("x\\r\\nBundle-Activator: Evil") + "}")));
        forged(
                "manifest-field-twice",
                "A name given twice.",
                "MANIFEST_INVALID",
                () -> manifest(utf8(fields("one") + ", \"name\": \"two\"}")));
        forged(
                "manifest-version-enormous",
                "A version of a thousand digits.",
                "MANIFEST_INVALID",
                () ->
                        manifest(
                                utf8(
                                        "{\"manifest\": 1, \"name\": \"v\", \"version\": \""
                                                + "9".repeat(1000)
                                                + ".0.0\", \"type\": \"pipeline_stage\"}")));
        forged(
                "manifest-number-enormous",
                "A number of 100,000 digits.",
                "MANIFEST_INVALID",
                () -> manifest(utf8(fields("n") + ", \"batch\": " + "9".repeat(100_000) + "}")));
        forged(
                "manifest-not-utf8",
                "A manifest that is not UTF-8.",
                "MANIFEST_INVALID",
                () ->
                        manifest(
                                concat(
                                        utf8(fields("u") + ", \"description\": \""),
                                        bytes(0xFF, 0xFE),
                                        utf8("\"}"))));
    }

    private void forged(String name, String what, String code, Supplier<byte[]> sections) {
        whole(name, what, code, () -> new ModuleBuilder().then(sections.get()).build());
    }

    /** A manifest without its last brace. */
    private static String fields(String name) {
        return "{\"manifest\": 1, \"name\": \"%s\", \"version\": \"1.0.0\", \"type\": \"pipeline_stage\""
                .formatted(name);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
