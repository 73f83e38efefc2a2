package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static io.trinity.sandbox.ModuleOf.CONTRACT;
import static io.trinity.sandbox.ModuleOf.i32;
import static io.trinity.sandbox.ModuleOf.signatureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.contract.Contract;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.policy.Policy;
import io.trinity.canonical.abi.wit.WitPackage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    static final String DIGEST = "ab".repeat(32);

    /** Grants all capabilities. */
    static final Policy GENEROUS =
            PolicyOf.granting(
                    true,
                    false,
                    Arrays.stream(Capability.values())
                            .map(Capability::label)
                            .toArray(String[]::new));

    // ---- imports

    /** Every function that the contract lets a module import. */
    static Stream<Arguments> functions() {
        return WitPackage.parse(Contract.wit()).interfaces().stream()
                .flatMap(i -> i.functions().stream())
                .map(f -> Arguments.of(f.owner(), f.name()));
    }

    @ParameterizedTest(name = "{0}.{1} is admitted exactly where its capability is declared")
    @MethodSource("functions")
    void anImportNeedsTheDeclarationOfItsCapability(String interfaceName, String function) {
        ManifestOf declaresAllOthers = new ManifestOf();
        Optional<Capability> own = Capability.ofInterface(interfaceName);
        for (Capability c : Capability.values()) {
            if (own.isEmpty() || own.get() != c) {
                declaresAllOthers.needs(c);
            }
        }
        ModuleOf module = new ModuleOf().imports(interfaceName, function);
        if (own.isPresent()) {
            assertFault(
                    ErrorCode.CAPABILITY_UNDECLARED,
                    () -> check(GENEROUS, declaresAllOthers, module),
                    "import '" + function + "' of " + interfaceName,
                    "add \"" + own.get().label() + "\" to \"capabilities\"");
            check(GENEROUS, new ManifestOf().needs(own.get()), module);
        } else if (interfaceName.equals("plugins")) {
            assertFault(
                    ErrorCode.CAPABILITY_UNDECLARED,
                    () -> check(GENEROUS, declaresAllOthers, module),
                    "import 'call' of plugins",
                    "\"dependencies\"");
            check(PolicyOf.DEFAULT, new ManifestOf().dependsOn("geometry"), module);
        } else {
            check(PolicyOf.granting(false, true), new ManifestOf(), module);
        }
    }

    @ParameterizedTest
    @EnumSource(Capability.class)
    void aDeclaredCapabilityThatIsNotGrantedIsDeniedWithTheLineThatGrantsIt(Capability c) {
        String interfaceName = c.interfaces().get(0);
        String function =
                CONTRACT.interfaceName(interfaceName).orElseThrow().keySet().iterator().next();
        ManifestOf manifest = new ManifestOf().needs(c, false, "map \"tiles\"");
        ModuleOf module = new ModuleOf().imports(interfaceName, function);
        Policy strict = PolicyOf.granting(false, true);

        PluginException e =
                assertFault(
                        ErrorCode.CAPABILITY_DENIED,
                        () -> check(strict, manifest, module),
                        "plugin 'lidar' 1.2.0",
                        "capability " + c.label(),
                        "import '" + function + "' of " + interfaceName,
                        "(it says: \"map \\\"tiles\\\"\")");
        assertEquals("to grant it: " + strict.grantLine("lidar", DIGEST, c), e.remedy());
        assertFault(ErrorCode.CAPABILITY_DENIED, () -> check(strict, manifest, new ModuleOf()));

        check(PolicyOf.granting(false, true, c.label() + "@" + DIGEST), manifest, module);
    }

    @Test
    void anOptionalCapabilityMayBeMissing() {
        check(
                PolicyOf.granting(false, true),
                new ManifestOf().needs(Capability.NETWORK, true, ""),
                new ModuleOf().imports("http", "send"));
    }

    @Test
    void whatAManifestGivesAsReasonCannotForgeALine() {
        PluginException e =
                assertFault(
                        ErrorCode.CAPABILITY_DENIED,
                        () ->
                                check(
                                        PolicyOf.DEFAULT,
                                        new ManifestOf()
                                                .needs(
                                                        Capability.NETWORK,
                                                        false,
                                                        "x\n\u001b[2KINFO all is well\u202e"),
                                        new ModuleOf()));
        assertOneLine(e);
    }

    @ParameterizedTest(name = "module {0}")
    @ValueSource(
            strings = {
                "env",
                "wasi_snapshot_preview1",
                "trinity:plugin/log",
                "trinity:plugin/log@0.1",
                "trinity:plugin/log@0.1.0.0",
                "trinity:plugin/log@0.01.0",
                "trinity:plugin/Log@0.1.0",
                "other:plugin/log@0.1.0",
                "trinity:plugin/log@0.1.0\n",
                "cm32p2|trinity:plugin/log@0.1.0",
                "cm32p2|trinity:plugin/log",
                "trinity:plugin/nothing@0.1.0",
                "trinity:plugin/types@0.1.0",
                ""
            })
    void aModuleNameThatTheContractDoesNotHaveIsUnknown(String module) {
        assertFault(
                ErrorCode.IMPORT_UNKNOWN,
                () ->
                        check(
                                GENEROUS,
                                new ManifestOf(),
                                new ModuleOf().imports(module, "log", signatureOf("log", "log"))));
    }

    @Test
    void anUnknownFunctionIsToldWithThoseThatThereAre() {
        assertFault(
                ErrorCode.IMPORT_UNKNOWN,
                () ->
                        check(
                                GENEROUS,
                                new ManifestOf().needs(Capability.STREAM_IO),
                                new ModuleOf()
                                        .imports(
                                                "trinity:plugin/streams@0.1.0", "peek", i32(1, 1))),
                "'peek'",
                "pull, push");
    }

    @ParameterizedTest(name = "{0}.{1} with another signature")
    @MethodSource("functions")
    void anImportWithAnotherSignatureIsRefused(String interfaceName, String function) {
        FunctionSignature right = signatureOf(interfaceName, function);
        Stream.of(
                        new FunctionSignature(more(right.parameters()), right.results()),
                        new FunctionSignature(right.parameters(), more(right.results())),
                        new FunctionSignature(
                                Stream.concat(
                                                Stream.of(ValueType.F32),
                                                right.parameters().stream().skip(1))
                                        .toList(),
                                right.results()))
                .forEach(
                        wrong ->
                                assertFault(
                                        ErrorCode.IMPORT_SIGNATURE,
                                        () ->
                                                check(
                                                        GENEROUS,
                                                        new ManifestOf(),
                                                        new ModuleOf()
                                                                .imports(
                                                                        "trinity:plugin/"
                                                                                + interfaceName
                                                                                + "@0.1.0",
                                                                        function,
                                                                        wrong)),
                                        right.toString(),
                                        wrong.toString()));
    }

    @ParameterizedTest(name = "{0} is not of the version that is served")
    @ValueSource(
            strings = {
                "trinity:plugin/log@0.2.0",
                "trinity:plugin/log@0.0.1",
                "trinity:plugin/log@1.0.0",
                "trinity:plugin/log@1.1.0",
                "trinity:plugin/log@0.9999.0",
                "cm32p2|trinity:plugin/log@0.2",
                "cm32p2|trinity:plugin/log@1"
            })
    void anotherMajorOrMinorVersionIsRefusedWithBothVersions(String module) {
        assertFault(
                ErrorCode.CONTRACT_VERSION,
                () ->
                        check(
                                GENEROUS,
                                new ManifestOf(),
                                new ModuleOf().imports(module, "log", signatureOf("log", "log"))),
                module,
                "0.1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trinity:plugin/log@0.1.0",
                "trinity:plugin/log@0.1.7",
                "cm32p2|trinity:plugin/log@0.1"
            })
    void allNamesOfTheServedVersionAreAdmitted(String module) {
        check(
                PolicyOf.DEFAULT,
                new ManifestOf(),
                new ModuleOf().imports(module, "log", signatureOf("log", "log")));
    }

    @Test
    void anAliasDoesNotGetRoundTheCapability() {
        assertFault(
                ErrorCode.CAPABILITY_UNDECLARED,
                () ->
                        check(
                                GENEROUS,
                                new ManifestOf(),
                                new ModuleOf()
                                        .imports(
                                                "cm32p2|trinity:plugin/http@0.1",
                                                "send",
                                                signatureOf("http", "send"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u001b[31mb", "a\u202eb", "a\u2028b", "a\u0085b"})
    void controlCharactersInNamesAreEscapedInEveryMessage(String name) {
        String interfaceName = "trinity:plugin/log@0.1.0";
        for (ModuleOf module :
                List.of(
                        new ModuleOf().imports(name, name, i32(0, 0)),
                        new ModuleOf().imports(interfaceName, name, i32(0, 0)),
                        new ModuleOf().imports(interfaceName + name, "log", i32(0, 0)))) {
            PluginException e =
                    assertFault(
                            ErrorCode.IMPORT_UNKNOWN,
                            () -> check(GENEROUS, new ManifestOf(), module),
                            "\\u{");
            assertOneLine(e);
        }
    }

    @Test
    void aLongNameIsCut() {
        PluginException e =
                assertFault(
                        ErrorCode.IMPORT_UNKNOWN,
                        () ->
                                check(
                                        GENEROUS,
                                        new ManifestOf(),
                                        new ModuleOf()
                                                .imports(
                                                        "x".repeat(79) + "😀😀",
                                                        "y".repeat(10_000),
                                                        i32(0, 0))),
                        "x".repeat(79) + "😀…");
        assertTrue(e.getMessage().length() < 500, e.getMessage());
    }

    // ---- exports

    /** World, export, and the manifest that needs it. */
    static Stream<Arguments> neededExports() {
        Stream<Arguments> types =
                ExtensionType.CONTRACT.stream()
                        .flatMap(t -> of(t.world(), new ManifestOf().type(t)));
        Stream<Arguments> hooks =
                Arrays.stream(HookPoint.values())
                        .flatMap(h -> of(h.world(), new ManifestOf().hook(h)));
        return Stream.concat(
                Stream.concat(types, hooks), of("stateful", new ManifestOf().stateVersion(1)));
    }

    private static Stream<Arguments> of(String world, ManifestOf manifest) {
        return CONTRACT.world(world).keySet().stream()
                .map(name -> Arguments.of(world, name, manifest));
    }

    @ParameterizedTest(name = "{0} needs {1}")
    @MethodSource("neededExports")
    void aMissingExportIsToldWithItsSignature(String world, String name, ManifestOf manifest) {
        Map<String, ContractCodecs.Export> all = CONTRACT.world(world);
        FunctionSignature right = all.get(name).signature();
        ModuleOf module = new ModuleOf().exportsAllOf(world);
        assertEquals(all.keySet(), check(PolicyOf.DEFAULT, manifest, module).keySet());

        module.without(name);
        assertFault(
                ErrorCode.EXPORT_MISSING,
                () -> check(PolicyOf.DEFAULT, manifest, module),
                "'" + name + "'",
                right.toString());

        for (String alias : List.of(name, "cm32p2||" + name)) {
            ModuleOf wrong = new ModuleOf().exportsAllOf(world).without(name);
            wrong.exports(alias, new FunctionSignature(more(right.parameters()), right.results()));
            assertFault(
                    ErrorCode.EXPORT_SIGNATURE,
                    () -> check(PolicyOf.DEFAULT, manifest, wrong),
                    "'" + alias + "'",
                    right.toString());
        }

        module.exports("cm32p2||" + name, right);
        assertEquals(all.keySet(), check(PolicyOf.DEFAULT, manifest, module).keySet());
    }

    @ParameterizedTest(name = "post function of {1}")
    @MethodSource("neededExports")
    void aPostFunctionTakesWhatItsFunctionReturns(String world, String name, ManifestOf manifest) {
        int results = CONTRACT.world(world).get(name).signature().results().size();
        for (String post : List.of("cabi_post_" + name, "cm32p2||" + name + "_post")) {
            check(
                    PolicyOf.DEFAULT,
                    manifest,
                    new ModuleOf().exportsAllOf(world).exports(post, i32(results, 0)));
            for (FunctionSignature wrong : List.of(i32(1 - results, 0), i32(results, 1))) {
                assertFault(
                        ErrorCode.EXPORT_SIGNATURE,
                        () ->
                                check(
                                        PolicyOf.DEFAULT,
                                        manifest,
                                        new ModuleOf().exportsAllOf(world).exports(post, wrong)),
                        post);
            }
        }
    }

    @Test
    void whatIsNotAskedForIsNotBoundEvenIfItIsThere() {
        ModuleOf module = new ModuleOf();
        CONTRACT.worldNames().forEach(module::exportsAllOf);
        ManifestOf manifest = new ManifestOf().type(ExtensionType.PIPELINE_STAGE);
        assertEquals(
                Set.of("process", "check", "answer"),
                check(PolicyOf.DEFAULT, manifest, module).keySet());
    }

    @ParameterizedTest
    @CsvSource({"check", "answer"})
    void anOptionalExportMustHaveTheContractsSignatureToo(String name) {
        assertFault(
                ErrorCode.EXPORT_SIGNATURE,
                () ->
                        check(
                                PolicyOf.DEFAULT,
                                new ManifestOf(),
                                new ModuleOf().exports(name, i32(9, 0))));
    }

    // ---- memory

    @Test
    void withoutMemoryOrAllocatorNothingCanBeHandedOver() {
        ManifestOf manifest = new ManifestOf().type(ExtensionType.PIPELINE_STAGE);
        assertFault(
                ErrorCode.EXPORT_MISSING,
                () ->
                        check(
                                PolicyOf.DEFAULT,
                                manifest,
                                new ModuleOf().exportsAllOf("pipeline-stage").withoutMemory()),
                "'memory'");
        ModuleOf module = new ModuleOf().exportsAllOf("pipeline-stage").without("cabi_realloc");
        assertFault(
                ErrorCode.EXPORT_MISSING,
                () -> check(PolicyOf.DEFAULT, manifest, module),
                "'cabi_realloc'");
        module.exports("cm32p2_realloc", i32(4, 1));
        check(PolicyOf.DEFAULT, manifest, module);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cabi_realloc", "cm32p2_realloc"})
    void anAllocatorOfAnotherSignatureIsRefused(String name) {
        assertFault(
                ErrorCode.EXPORT_SIGNATURE,
                () ->
                        check(
                                PolicyOf.DEFAULT,
                                new ManifestOf(),
                                new ModuleOf().without("cabi_realloc").exports(name, i32(3, 1))),
                name);
    }

    @Test
    void aMemoryThatBeginsAboveTheLimitIsRefused() {
        Policy p =
                new PolicyOf()
                        .read(
                                Map.of(),
                                Map.of(),
                                Map.of("lidar", Map.of("memoryBytes", 10 * 65_536)));
        check(p, new ManifestOf(), new ModuleOf().pages(10));
        assertFault(
                ErrorCode.LIMIT_MEMORY,
                () -> check(p, new ManifestOf(), new ModuleOf().pages(11)),
                "11 pages (720896 bytes)",
                "limit is 655360 bytes",
                "memoryBytes in conf/io.trinity.plugin-lidar.cfg");
        assertFault(
                ErrorCode.LIMIT_MEMORY,
                () -> check(p, new ManifestOf(), new ModuleOf().pages(65_536)),
                "4294967296 bytes");
    }

    static Map<String, ContractCodecs.Export> check(
            Policy policy, ManifestOf manifest, ModuleOf module) {
        return Admission.check(CONTRACT, policy, manifest.get(), DIGEST, module.get());
    }

    /** One parameter or result more. */
    static List<ValueType> more(List<ValueType> types) {
        return Stream.concat(types.stream(), Stream.of(ValueType.I64)).toList();
    }

    static void assertOneLine(PluginException e) {
        assertFalse(
                e.getMessage()
                        .codePoints()
                        .anyMatch(
                                c ->
                                        Character.isISOControl(c)
                                                || c == 0x2028
                                                || Character.getType(c) == Character.FORMAT),
                e.getMessage());
    }
}
