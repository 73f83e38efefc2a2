package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.contract.Contract;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitInterface;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.canonical.abi.wit.WitType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @Test
    void theSandboxServesEveryFunctionOfVsaAndNoOther() {
        assertEquals(names("vsa"), VsaFunctions.ALL.keySet());
    }

    /**
     * HostLinker serves these interfaces by one function each: a second one would get the first's.
     */
    @Test
    void hostLogAndConfigHaveTheOneFunctionThatTheSandboxServes() {
        assertEquals(Set.of("explain"), names("host"));
        assertEquals(Set.of("log"), names("log"));
        assertEquals(Set.of("get"), names("config"));
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
        for (ExtensionType t : ExtensionType.values()) {
            assertTrue(worlds.contains(t.world()), t.world());
            assertTrue(!contract.world(t.world()).isEmpty(), t.world());
        }
        for (HookPoint h : HookPoint.values()) {
            assertEquals(Set.of(h.export()), contract.world(h.world()).keySet());
        }
    }

    @Test
    void theReasonsOfAHostFailureAreTheContractsFailuresInItsOrder() {
        WitType failure = wit.findInterface("types").orElseThrow().type("failure").orElseThrow();
        assertEquals(
                ((WitType.EnumType) failure).labels(),
                Arrays.stream(HostFailure.Reason.values())
                        .map(r -> r.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
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

    private Set<String> names(String interfaceName) {
        return contract.interfaceName(interfaceName).orElseThrow().keySet();
    }
}
