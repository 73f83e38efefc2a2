package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.contract.Contract;
import io.trinity.api.host.Streams;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.HookPoint;
import io.trinity.canonical.abi.BindingException;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitInterface;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.canonical.abi.wit.WitType;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContractCodecsTest {
    private static final Pattern CAPABILITY =
            Pattern.compile("Capability: (that declaration|[a-z_]+)");

    private final WitPackage wit = WitPackage.parse(Contract.wit());
    private final ContractCodecs contract = ContractCodecs.load();

    @Test
    void everyFunctionOfTheContractHasACodec() {
        for (WitInterface interfaceName : wit.interfaces()) {
            for (WitFunction f : interfaceName.functions()) {
                assertTrue(
                        contract.interfaceName(interfaceName.name())
                                .orElseThrow()
                                .containsKey(f.name()),
                        f.qualifiedName());
            }
        }
    }

    /** That loading compared each with WIT; here, that none in Java is left over. */
    @Test
    void everyHostInterfaceInJavaIsOneOfTheContracts() throws Exception {
        Path classes =
                Path.of(Streams.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Set<String> names = new TreeSet<>();
        try (FileSystem jar = FileSystems.newFileSystem(classes);
                Stream<Path> files =
                        Files.list(jar.getPath(Streams.class.getPackageName().replace('.', '/')))) {
            files.map(f -> f.getFileName().toString().replace(".class", ""))
                    .filter(n -> !n.contains("$") && !n.equals("package-info"))
                    .forEach(names::add);
        }
        assertEquals(
                contract.hostInterfaces().stream()
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                names);
    }

    @Test
    void theFirstDifferenceBetweenWitAndJavaIsToldInASentence() {
        assertDiffers(
                "push: func(chunks: list<chunk>)",
                "shove: func(chunks: list<chunk>)",
                "WIT has streams.shove, and io.trinity.api.host.Streams has no method" + " shove");
        assertDiffers(
                "fire: func(name: string, payload",
                "fire: func(topic: string, payload",
                "hooks.fire: parameter 1 is topic in WIT, and name in Java");
        assertDiffers(
                "set: func(name: string, value: f64",
                "set: func(name: string, value: f32",
                "metrics.set: value is f32 in WIT, for which Java has float, not double");
        assertDiffers(
                "    event-time-nanos: s64,",
                "    event-time: s64,",
                "streams.push: chunks: io.trinity.api.stream.Chunk has the component"
                        + " eventTimeNanos, and chunk has no such field in WIT");
        assertDiffers(
                "enum level { trace,",
                "enum level { fine, trace,",
                "log.log: level: enum level has fine in WIT, and io.trinity.api.host.Log$Level"
                        + " has no FINE");
        assertDiffers(
                "remove: func(path: string) -> result<_, failure>;",
                "remove: func(path: string) -> result<u32, failure>;",
                "file-changes.remove: the result is a value in WIT, and void in Java");
        assertDiffers(
                "  close: func(c: connection);",
                "",
                "io.trinity.api.host.Tcp has the method close, and WIT has no such function"
                        + " in tcp");
        assertDiffers(
                "interface gpu {",
                "interface npu { x: func(); }\ninterface gpu {",
                "WIT has the interface npu, and there is no class io.trinity.api.host.Npu");
    }

    private static void assertDiffers(String from, String to, String sentence) {
        assertTrue(Contract.wit().contains(from), from);
        BindingException e =
                assertThrows(
                        BindingException.class,
                        () -> ContractCodecs.of(Contract.wit().replace(from, to)));
        assertEquals(sentence, e.getMessage());
    }

    @Test
    void everyInterfaceIsOpenedByTheCapabilityThatTheContractNames() {
        for (WitInterface interfaceName : wit.interfaces()) {
            if (interfaceName.functions().isEmpty()) {
                continue;
            }
            Matcher named = CAPABILITY.matcher(interfaceName.docs());
            assertTrue(named.find(), interfaceName.name() + ": " + interfaceName.docs());
            String expected = named.group(1);
            String actual =
                    Capability.ofInterface(interfaceName.name())
                            .map(Capability::label)
                            .orElse("always");
            assertEquals(
                    expected.equals("that declaration") ? "always" : expected,
                    actual,
                    interfaceName.name());
        }
    }

    @Test
    void everyTypeAndEveryHookHasItsWorld() {
        List<String> worlds = contract.worldNames();
        for (ExtensionType t : ExtensionType.CONTRACT) {
            assertTrue(worlds.contains(t.world()), t.world());
            assertTrue(!contract.world(t.world()).isEmpty(), t.world());
        }
        for (HookPoint h : HookPoint.values()) {
            assertEquals(Set.of(h.export()), contract.world(h.world()).keySet());
        }
    }

    @Test
    void everyFunctionThatCanFailFailsWithAFailure() {
        WitType failure = wit.findInterface("types").orElseThrow().type("failure").orElseThrow();
        for (WitInterface interfaceName : wit.interfaces()) {
            for (WitFunction f : interfaceName.functions()) {
                boolean canFail = ModuleOf.importOf(interfaceName.name(), f.name()).canFail();
                assertEquals(
                        canFail,
                        f.result()
                                .filter(WitType.ResultType.class::isInstance)
                                .map(r -> ((WitType.ResultType) r).error().orElseThrow())
                                .filter(failure::equals)
                                .isPresent(),
                        f.qualifiedName());
            }
        }
    }
}
