package io.trinity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.Dependency;
import io.trinity.api.manifest.Manifest.HookDeclaration;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.policy.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

class DependenciesTest {
    private final Map<String, Dependencies.Other> others = new HashMap<>();
    private final Dependencies rules = new Dependencies(n -> Optional.ofNullable(others.get(n)));

    private static Manifest manifest(String name, String version, String... dependencies) {
        return manifest(name, version, 0, dependencies);
    }

    /** Dependencies as {@code name [1,2)}. */
    private static Manifest manifest(String name, String version, int hooks, String... needs) {
        List<Dependency> dependencies = new ArrayList<>();
        for (String need : needs) {
            String[] parts = need.split(" ");
            dependencies.add(
                    new Dependency(
                            parts[0], new VersionRange(parts.length > 1 ? parts[1] : "0.0.0")));
        }
        List<HookDeclaration> wishes = new ArrayList<>();
        for (int i = 0; i < hooks; i++) {
            wishes.add(new HookDeclaration(HookPoint.CUSTOM, "h" + i, 500, false));
        }
        return new Manifest(
                new Version("0.1.0"),
                name,
                new Version(version),
                Optional.empty(),
                "",
                "",
                "",
                List.of(),
                wishes,
                dependencies,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                Optional.empty(),
                Map.of(),
                List.of());
    }

    private void serves(Manifest m) {
        others.put(
                m.name(),
                new Dependencies.Other(
                        PluginState.ACTIVE, Optional.empty(), Optional.of(m), Optional.of(m)));
    }

    private void refused(Manifest m) {
        others.put(
                m.name(),
                new Dependencies.Other(
                        PluginState.ERROR,
                        Optional.of(ErrorCode.GUEST_TRAP),
                        Optional.empty(),
                        Optional.of(m)));
    }

    private PluginException refusal(Manifest joining) {
        return assertThrows(PluginException.class, () -> rules.check(joining, Limits.DEFAULT));
    }

    @Test
    void aDependencyInItsRangeIsEnough() {
        serves(manifest("b", "1.2.0"));
        rules.check(manifest("a", "1.0.0", "b [1.0,2.0)"), Limits.DEFAULT);
    }

    @Test
    void aMissingDependencyIsNamedWithItsRange() {
        PluginException e = refusal(manifest("a", "1.0.0", "b [1.0,2.0)"));
        assertEquals(ErrorCode.DEPENDENCY_MISSING, e.code());
        assertTrue(
                e.getMessage().contains("plugin 'a' 1.0.0")
                        && e.getMessage().contains("'b' [1.0.0,2.0.0)")
                        && e.getMessage().contains("not there"),
                e.getMessage());
    }

    @Test
    void aDependencyInErrorIsMissingAndItsStateIsTold() {
        refused(manifest("b", "1.2.0"));
        PluginException e = refusal(manifest("a", "1.0.0", "b"));
        assertEquals(ErrorCode.DEPENDENCY_MISSING, e.code());
        assertTrue(e.getMessage().contains("which is in error (GUEST_TRAP);"), e.getMessage());
        assertTrue(e.getMessage().contains("plugin:why b"), e.getMessage());
    }

    @Test
    void aDependencyWhoseFileCouldNotBeReadIsToldByItsFile() {
        others.put(
                "b.wasm",
                new Dependencies.Other(
                        PluginState.ERROR,
                        Optional.of(ErrorCode.MANIFEST_INVALID),
                        Optional.empty(),
                        Optional.empty()));
        PluginException e = refusal(manifest("a", "1.0.0", "b"));
        assertEquals(ErrorCode.DEPENDENCY_MISSING, e.code());
        assertTrue(
                e.getMessage().contains("whose file b.wasm is in error (MANIFEST_INVALID);"),
                e.getMessage());
        assertTrue(e.getMessage().contains("plugin:why b.wasm tells why"), e.getMessage());
    }

    @Test
    void aVersionOutsideTheRangeNamesBothSides() {
        serves(manifest("b", "2.0.0"));
        PluginException e = refusal(manifest("a", "1.0.0", "b [1.0,2.0)"));
        assertEquals(ErrorCode.DEPENDENCY_CONFLICT, e.code());
        assertTrue(
                e.getMessage().contains("[1.0.0,2.0.0)") && e.getMessage().contains("2.0.0 of it"),
                e.getMessage());
    }

    @Test
    void aCircleIsNamedFromEndToEndEvenThroughRefusedPlugins() {
        refused(manifest("b", "1.0.0", "c"));
        refused(manifest("c", "1.0.0", "x", "a"));
        PluginException e = refusal(manifest("a", "1.0.0", "b"));
        assertEquals(ErrorCode.DEPENDENCY_CYCLE, e.code());
        assertTrue(e.getMessage().contains("a -> b -> c -> a"), e.getMessage());
    }

    @Test
    void aPluginThatNamesItselfIsACircle() {
        assertEquals(ErrorCode.DEPENDENCY_CYCLE, refusal(manifest("a", "1.0.0", "a")).code());
    }

    @Test
    void aCircleAmongOthersIsNotThisOnesFault() {
        serves(manifest("b", "1.0.0", "c"));
        serves(manifest("c", "1.0.0", "b"));
        rules.check(manifest("a", "1.0.0", "b"), Limits.DEFAULT);
    }

    @Test
    void eightDependenciesAreAllowedAndTheNinthIsNot() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            serves(manifest("d" + i, "1.0.0"));
            names.add("d" + i);
        }
        rules.check(manifest("a", "1.0.0", names.toArray(String[]::new)), Limits.DEFAULT);
        serves(manifest("d8", "1.0.0"));
        names.add("d8");
        PluginException e = refusal(manifest("a", "1.0.0", names.toArray(String[]::new)));
        assertEquals(ErrorCode.LIMIT_DEPENDENCIES, e.code());
        assertTrue(e.getMessage().contains("9 dependencies, the limit is 8"), e.getMessage());
    }

    @Test
    void sixteenHooksAreAllowedAndTheSeventeenthIsNot() {
        rules.check(manifest("a", "1.0.0", 16), Limits.DEFAULT);
        PluginException e = refusal(manifest("a", "1.0.0", 17));
        assertEquals(ErrorCode.LIMIT_HOOKS, e.code());
        assertTrue(e.getMessage().contains("raise hooks in conf/"), e.getMessage());
    }

    @Test
    void aNewVersionThatADependentDoesNotAcceptIsRefusedAndNamesIt() {
        Manifest dependent = manifest("a", "1.0.0", "b [1.0,2.0)");
        rules.refuseForDependents(manifest("b", "1.9.0"), List.of(dependent));
        PluginException e =
                assertThrows(
                        PluginException.class,
                        () ->
                                rules.refuseForDependents(
                                        manifest("b", "2.0.0"), List.of(dependent)));
        assertEquals(ErrorCode.RELOAD_REFUSED, e.code());
        assertTrue(
                e.getMessage().contains("plugin 'b' 2.0.0")
                        && e.getMessage().contains("plugin 'a' 1.0.0"),
                e.getMessage());
    }

    @Test
    void troubleNamesWhatIsGoneAndWhatDoesNotFit() {
        serves(manifest("c", "3.0.0"));
        serves(manifest("d", "1.0.0"));
        List<String> trouble =
                rules.trouble(manifest("a", "1.0.0", "b [1,2)", "c [1,2)", "d [1,2)"));
        assertEquals(2, trouble.size());
        assertTrue(trouble.get(0).contains("'b'") && trouble.get(0).contains("gone"));
        assertTrue(trouble.get(1).contains("'c'") && trouble.get(1).contains("3.0.0"));
    }
}
