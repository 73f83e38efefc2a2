package io.trinity.hostile;

import static io.trinity.hostile.ModuleBuilder.NOTHING;
import static io.trinity.hostile.ModuleBuilder.bytes;
import static io.trinity.hostile.ModuleBuilder.repeat;
import static io.trinity.hostile.ModuleBuilder.unsigned;

import io.trinity.hostile.Attack.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Modules that declare too many of something; all are refused before a parser sees them. */
final class Crowds {
    private final List<Attack> all = new ArrayList<>();

    private Crowds() {}

    static List<Attack> all() {
        Crowds crowds = new Crowds();
        crowds.declarations();
        return crowds.all;
    }

    private void add(String name, String what, String code, Supplier<ModuleBuilder> module) {
        all.add(Attack.of(name, what, code, Stage.ADMISSION, () -> module.get().build()));
    }

    private void declarations() {
        add(
                "types-equal",
                "9,000 equal types times 100 functions: each match is an entry of a switch.",
                "LIMIT_MODULE",
                () -> {
                    ModuleBuilder module = new ModuleBuilder();
                    for (int i = 0; i < 9_000; i++) {
                        module.type(bytes(0x60, 0, 0));
                    }
                    return module.functions(100, NOTHING, bytes(0, 0x0B));
                });
        add(
                "tables-101",
                "101 tables.",
                "LIMIT_MODULE",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.TABLE,
                                        unsigned(101),
                                        repeat(101, bytes(0x70, 0, 1))));
        add(
                "tables-136-bytes",
                "Tables that each begin with 2^31 - 1 entries, in 136 bytes.",
                "LIMIT_MODULE",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.TABLE,
                                        unsigned(17),
                                        repeat(17, bytes(0x70, 0), unsigned(Integer.MAX_VALUE))));
        add(
                "memories-393-bytes",
                "A hundred memories that each begin with 4 GiB, in 393 bytes.",
                "MODULE_FEATURE",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.MEMORY,
                                        unsigned(98),
                                        repeat(98, bytes(0), unsigned(65_536))));
        many("globals", ModuleBuilder.GLOBAL, bytes(0x7F, 0, 0x41, 0, 0x0B));
        many("data-segments", ModuleBuilder.DATA, bytes(1, 0));
        many("element-segments", ModuleBuilder.ELEMENT, bytes(1, 0, 0));
        many("imports", ModuleBuilder.IMPORT, bytes(1, 'a', 1, 'b', 0, 0));
        add(
                "exports-10001",
                "10,001 exports.",
                "LIMIT_MODULE",
                () -> {
                    ModuleBuilder module = new ModuleBuilder();
                    for (int i = 0; i < 9_998; i++) {
                        module.export("e" + i, 0, 0);
                    }
                    return module;
                });
        add(
                "elements-million",
                "An element segment of more than a million functions.",
                "LIMIT_MODULE",
                () ->
                        new ModuleBuilder()
                                .section(
                                        ModuleBuilder.ELEMENT,
                                        bytes(1, 1, 0),
                                        unsigned(1_000_001),
                                        new byte[1_000_001]));
        add(
                "types-10001",
                "10,001 types.",
                "LIMIT_MODULE",
                () -> {
                    ModuleBuilder module = new ModuleBuilder();
                    for (int i = 0; i < 9_998; i++) {
                        module.type(bytes(0x60, 0, 0));
                    }
                    return module;
                });
        add(
                "custom-sections-1001",
                "1,001 custom sections.",
                "LIMIT_MODULE",
                () -> new ModuleBuilder().then(repeat(1_001, ModuleBuilder.custom("x", bytes(1)))));
    }

    private void many(String what, int section, byte[] one) {
        add(
                what + "-10001",
                "10,001 " + what.replace('-', ' ') + ".",
                "LIMIT_MODULE",
                () -> new ModuleBuilder().section(section, unsigned(10_001), repeat(10_001, one)));
    }
}
