package io.trinity.wrapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.engine.StrippedModule;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.GenerationSource;
import io.trinity.api.sandbox.Sandbox;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BundledGenerationTest {
    private static final Manifest MANIFEST =
            ManifestReader.read(
                            PluginRef.named("f"),
                            "{\"manifest\":1,\"name\":\"lidar\",\"version\":\"1.2.0\",\"type\":\"pipeline_stage\"}"
                                    .getBytes(StandardCharsets.UTF_8))
                    .manifest();

    private final List<String> told = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private final Map<String, Object> exports = new HashMap<>();
    private final BundledGeneration bundled = new BundledGeneration(fake(PluginLifecycle.class));

    /** Writes down what is called, and throws where it is told to. */
    private <T> T fake(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            String name = method.getName();
                            switch (name) {
                                case "manifest" -> {
                                    return MANIFEST;
                                }
                                case "number" -> {
                                    return 7L;
                                }
                                case "exports" -> {
                                    return exports;
                                }
                                case "as" -> {
                                    return fake((Class<?>) arguments[0]);
                                }
                                default -> told.add(name);
                            }
                            if (failing.contains(name)) {
                                throw new IllegalStateException(name);
                            }
                            if (name.equals("open")) {
                                return fake(Generation.class);
                            }
                            return name.equals("drain") ? (Object) 0 : null;
                        }));
    }

    private void open() {
        bundled.open(
                new GenerationSource(
                        MANIFEST,
                        7,
                        "0".repeat(64),
                        new StrippedModule(new byte[0], "Main", "b"),
                        getClass().getClassLoader()),
                fake(Sandbox.class),
                57);
    }

    @Test
    void aFaultOfTheHostInTheCheckLeavesNoGuestOpenAndNoPluginInLoading() {
        exports.put("check", "()");
        failing.add("check");
        assertThrows(IllegalStateException.class, this::open);
        assertEquals(List.of("starting", "open", "check", "close", "failed"), told);
        told.clear();
        bundled.close();
        assertEquals(List.of(), told);
    }

    @Test
    void oneThatCannotBeDrainedIsClosedAllTheSame() {
        failing.add("drain");
        open();
        told.clear();
        bundled.close();
        assertEquals(List.of("drain", "close", "closed"), told);
    }

    @Test
    void oneWhoseGuestsCannotBeClosedIsGoneAllTheSame() {
        failing.add("close");
        open();
        told.clear();
        bundled.close();
        assertEquals(List.of("drain", "close", "closed"), told);
    }
}
