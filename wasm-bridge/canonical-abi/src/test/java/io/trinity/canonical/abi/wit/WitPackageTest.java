package io.trinity.canonical.abi.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.canonical.abi.wit.WitType.Primitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WitPackageTest {

    private static WitPackage plugin() throws IOException {
        return WitPackage.parse(
                Files.readString(
                        Path.of(
                                "../../bundles/api/src/main/resources/io/trinity/api/contract/plugin.wit")));
    }

    @Test
    void thePluginContractIsReadAsAWhole() throws IOException {
        WitPackage plugin = plugin();
        assertEquals("trinity:plugin", plugin.name());
        assertEquals("0.1.0", plugin.version());
        assertTrue(
                plugin.docs()
                        .startsWith(
                                "The contract between the Trinity host and its plugins.\n\n"
                                        + "A plugin is"));
        assertEquals(
                List.of(
                        "types",
                        "host",
                        "log",
                        "config",
                        "vsa",
                        "streams",
                        "files",
                        "file-changes",
                        "http",
                        "tcp",
                        "metrics",
                        "agents",
                        "gpu",
                        "plugins",
                        "hooks"),
                plugin.interfaces().stream().map(WitInterface::name).toList());
        assertEquals(16, plugin.worlds().size());
    }

    @Test
    void docsStayWithWhatTheyStandBefore() throws IOException {
        WitPackage plugin = plugin();
        WitInterface vsa = plugin.findInterface("vsa").orElseThrow();
        assertEquals(
                "Hypervectors. Capability: vsa_ops.", vsa.docs().lines().findFirst().orElseThrow());
        assertEquals("The vector is gone.", vsa.function("release").orElseThrow().docs());
        assertEquals("", vsa.function("copy").orElseThrow().docs());
        assertEquals(
                "Type pipeline_stage.", plugin.findWorld("pipeline-stage").orElseThrow().docs());
        WitDefinition vector = vsa.types().get(1);
        assertEquals("vector", vector.name());
        assertTrue(vector.docs().startsWith("A hypervector that the host keeps"), vector.docs());
    }

    @Test
    void aliasesAndUsesAreResolvedInAnyOrder() {
        WitPackage parsed =
                WitPackage.parse(
                        """
                        package a:b;
                        world w { use i.{r as s}; export go: func(x: s) -> result<_, e>; enum e { one } }
                        interface i { record r { %list: later, o: option<t> } type later = list<t>; use j.{t}; }
                        interface j { type t = tuple<u8, f64,>; /* no /// doc */ }
                        """);
        WitType tuple = new WitType.TupleType(List.of(Primitive.U8, Primitive.F64));
        WitType record =
                new WitType.RecordType(
                        "r",
                        List.of(
                                new WitType.Field("list", new WitType.ListType(tuple)),
                                new WitType.Field("o", new WitType.OptionType(tuple))));
        WitWorld world = parsed.findWorld("w").orElseThrow();
        assertEquals(Optional.of(record), world.type("s"));
        WitFunction go = world.export("go").orElseThrow();
        assertEquals(List.of(new WitFunction.Parameter("x", record)), go.parameters());
        assertEquals(
                Optional.of(
                        new WitType.ResultType(
                                Optional.empty(),
                                Optional.of(new WitType.EnumType("e", List.of("one"))))),
                go.result());
        assertEquals("w.go", go.qualifiedName());
    }

    @Test
    void typesAreSpelledAsInWit() {
        for (String type :
                List.of(
                        "bool",
                        "list<u8>",
                        "tuple<s64, string>",
                        "option<char>",
                        "result",
                        "result<f32>",
                        "result<_, u16>",
                        "result<list<s32>, u32>",
                        "r",
                        "v",
                        "e")) {
            WitPackage parsed =
                    WitPackage.parse(
                            "package a:b; interface i { record r { a: u8 } variant v { a } enum e {"
                                    + " a } f: func() -> "
                                    + type
                                    + "; }");
            assertEquals(
                    type,
                    parsed.interfaces()
                            .get(0)
                            .function("f")
                            .orElseThrow()
                            .result()
                            .orElseThrow()
                            .toString());
        }
    }

    @Test
    void aWorldHasTheImportsAndExportsOfAllItIncludes() throws IOException {
        WitWorld stage = plugin().findWorld("pipeline-stage").orElseThrow();
        assertEquals(List.of("imports"), stage.includes());
        assertEquals(List.of(), stage.imports());
        assertEquals(15, stage.allImports().size());

        WitPackage sums =
                WitPackage.parse(
                        """
                        package a:b@1.2.3-rc.1;
                        interface i { f: func(); }
                        world all { include left; include right; export d: func(); import i; }
                        world left { include base; export b: func(); }
                        world right { include base; export c: func(); }
                        world base { import i; export a: func(); }
                        """);
        WitWorld all = sums.findWorld("all").orElseThrow();
        assertEquals(
                List.of("a", "b", "c", "d"),
                all.allExports().stream().map(WitFunction::name).toList());
        assertEquals(List.of("d"), all.exports().stream().map(WitFunction::name).toList());
        assertEquals(List.of("i"), all.allImports());
        assertEquals("1.2.3-rc.1", sums.version());
    }
}
