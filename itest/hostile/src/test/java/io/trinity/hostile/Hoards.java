package io.trinity.hostile;

import static io.trinity.hostile.ModuleBuilder.FIRST_FUNCTION;
import static io.trinity.hostile.ModuleBuilder.NOTHING;
import static io.trinity.hostile.ModuleBuilder.bytes;
import static io.trinity.hostile.ModuleBuilder.concat;
import static io.trinity.hostile.ModuleBuilder.repeat;
import static io.trinity.hostile.ModuleBuilder.unsigned;

import io.trinity.hostile.Attack.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Modules of few bytes, or of allowed ones, that make much of the host's heap once they are parsed,
 * and as long as they are loaded. None may hold more than its ledger says.
 */
final class Hoards {
    private static final byte[] EMPTY = bytes(0, 0x0B);

    /** Where all of a kind may be had: what is kept of it is in the ledger. */
    private static final String COUNTED = "SERVES";

    private final List<Attack> all = new ArrayList<>();

    private Hoards() {}

    static List<Attack> all() {
        Hoards hoards = new Hoards();
        hoards.segments();
        hoards.declarations();
        hoards.names();
        return hoards.all;
    }

    private void add(String name, String what, Supplier<ModuleBuilder> module) {
        all.add(Attack.of("hoard-" + name, what, COUNTED, Stage.CALL, () -> module.get().build()));
    }

    private void segments() {
        add(
                "elements",
                "A passive element segment of 100,000 functions: a list of instructions each.",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.ELEMENT,
                                        bytes(1, 1, 0),
                                        unsigned(100_000),
                                        new byte[100_000]));
        add(
                "element-expressions",
                "100,000 initialisers that are expressions: ref.null and ref.func.",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.ELEMENT,
                                        bytes(1, 5, 0x70),
                                        unsigned(100_000),
                                        repeat(50_000, bytes(0xD2, 0, 0x0B, 0xD0, 0x70, 0x0B))));
        add(
                "element-segments",
                "4,000 element segments of ten functions.",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.ELEMENT,
                                        unsigned(4_000),
                                        repeat(4_000, bytes(1, 0, 10), new byte[10])));
        add(
                "data",
                "A passive data segment of 6 MB.",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.DATA,
                                        bytes(1, 1),
                                        unsigned(6_000_000),
                                        new byte[6_000_000]));
        add(
                "data-segments",
                "4,000 passive data segments of a hundred bytes.",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.DATA,
                                        unsigned(4_000),
                                        repeat(4_000, bytes(1, 100), new byte[100])));
        add(
                "data-active",
                "8,000 active data segments of nothing.",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.DATA,
                                        unsigned(8_000),
                                        repeat(8_000, bytes(0, 0x41, 0, 0x0B, 0))));
    }

    private void declarations() {
        add(
                "functions",
                "10,000 functions.",
                () -> new ModuleBuilder().functions(10_000, NOTHING, EMPTY));
        add(
                "globals",
                "9,900 globals.",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.GLOBAL,
                                        unsigned(9_900),
                                        repeat(9_900, bytes(0x7F, 1, 0x41, 0, 0x0B))));
        add(
                "types",
                "390 types of 250 parameters.",
                () -> {
                    ModuleBuilder module = new ModuleBuilder();
                    byte[] type = concat(bytes(0x60), unsigned(250), repeat(250, bytes(0x7F)));
                    for (int i = 0; i < 390; i++) {
                        module.type(type, bytes(0));
                    }
                    return module;
                });
        add(
                "tables",
                "100 tables of 10,000 entries.",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.TABLE,
                                        unsigned(100),
                                        repeat(100, bytes(0x70, 0), unsigned(10_000))));
        add(
                "imports",
                "2,000 times the same import.",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.TYPE,
                                        bytes(4, 0x60, 0, 0),
                                        bytes(0x60, 2, 0x7F, 0x7F, 1, 0x7F),
                                        bytes(0x60, 4, 0x7F, 0x7F, 0x7F, 0x7F, 1, 0x7F),
                                        bytes(0x60, 5, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0))
                                .section(
                                        ModuleBuilder.IMPORT,
                                        unsigned(2_000),
                                        repeat(
                                                2_000,
                                                ModuleBuilder.name("trinity:plugin/log@0.1.0"),
                                                ModuleBuilder.name("log"),
                                                bytes(0, 3)))
                                .section(
                                        ModuleBuilder.EXPORT,
                                        bytes(3),
                                        concat(ModuleBuilder.name("memory"), bytes(2, 0)),
                                        concat(
                                                ModuleBuilder.name("process"),
                                                bytes(0),
                                                unsigned(2_000)),
                                        concat(
                                                ModuleBuilder.name("cabi_realloc"),
                                                bytes(0),
                                                unsigned(2_001))));
    }

    private void names() {
        add(
                "export-names",
                "2,500 exports whose names are 1,500 bytes long.",
                () -> exports(2_500, 1_500, "n"));
        add(
                "export-names-wide",
                "3,000 exports whose names are of characters that take two bytes in the host.",
                () -> exports(3_000, 400, "\u4e16"));
        add(
                "exports",
                "4,000 exports of 4,000 functions.",
                () -> {
                    ModuleBuilder module = new ModuleBuilder().functions(4_000, NOTHING, EMPTY);
                    for (int i = 0; i < 4_000; i++) {
                        module.export("e" + i, 0, FIRST_FUNCTION + i);
                    }
                    return module;
                });
        add(
                "custom-sections",
                "990 custom sections of 15 KB.",
                () ->
                        new ModuleBuilder()
                                .then(repeat(990, ModuleBuilder.custom("x", new byte[15_000]))));
        all.add(
                Attack.of(
                                "hoard-manifest",
                                "A manifest of 200 KB that is used to the last byte: settings and"
                                        + " their texts.",
                                COUNTED,
                                Stage.CALL,
                                () -> new ModuleBuilder().build())
                        .withManifest(
                                "\"type\": \"pipeline_stage\", \"config\": {" + settings() + "}"));
        all.add(
                Attack.of(
                                "hoard-unknown-fields",
                                "A manifest of 20,000 fields that nobody knows: a warning each.",
                                COUNTED,
                                Stage.CALL,
                                () -> new ModuleBuilder().build())
                        .withManifest(
                                "\"type\": \"pipeline_stage\", "
                                        + IntStream.range(0, 20_000)
                                                .mapToObj(i -> "\"u" + i + "\": 1")
                                                .collect(Collectors.joining(", "))));
    }

    private static String settings() {
        return IntStream.range(0, 60)
                .mapToObj(
                        i ->
                                "\"s%d\": {\"type\": \"string\", \"default\": \"%s\", \"description\": \"%s\"}"
                                        .formatted(i, "\u4e16".repeat(1_000), "\u754c".repeat(150)))
                .collect(Collectors.joining(", "));
    }

    private static ModuleBuilder exports(int count, int length, String letter) {
        ModuleBuilder module = new ModuleBuilder();
        for (int i = 0; i < count; i++) {
            module.export(i + letter.repeat(length), 0, 0);
        }
        return module;
    }
}
