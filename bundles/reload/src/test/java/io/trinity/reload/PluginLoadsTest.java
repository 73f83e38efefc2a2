package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

class PluginLoadsTest {
    private static final String DIGEST = "0".repeat(64);

    private final List<String> locations = new ArrayList<>();

    @Test
    void whatACrashHasLeftOfALoadOrACheckIsRemovedAtTheStart(@TempDir Path store) {
        Committed committed = new Committed(new CommitStore(store));
        committed.put(new Commit("alpha", "a.wasm", 2, DIGEST));
        String serves = "wasm:alpha/2#" + DIGEST;
        locations.addAll(
                List.of(
                        "file:felix.jar",
                        "wasm:alpha/1#" + DIGEST,
                        serves,
                        "wasm:alpha/3#" + DIGEST,
                        "wasm-check:" + DIGEST + "#1"));
        loads(committed).recall();

        assertEquals(List.of("file:felix.jar", serves), locations);
        assertEquals(4, committed.next("alpha"));
    }

    private PluginLoads loads(Committed committed) {
        GeneratedBundles bundles = new GeneratedBundles(context());
        return new PluginLoads(null, null, null, null, null, bundles, committed, null, () -> 0);
    }

    private BundleContext context() {
        return fake(
                BundleContext.class,
                (name, words) ->
                        switch (name) {
                            case "getBundles" ->
                                    locations.stream().map(this::bundle).toArray(Bundle[]::new);
                            case "getBundle" ->
                                    words[0].equals(Constants.SYSTEM_BUNDLE_LOCATION)
                                            ? bundle("")
                                            : null;
                            default -> throw new UnsupportedOperationException(name);
                        });
    }

    private Bundle bundle(String location) {
        return fake(
                Bundle.class,
                (name, words) ->
                        switch (name) {
                            case "getLocation" -> location;
                            case "getState" -> Bundle.INSTALLED;
                            case "uninstall" -> locations.remove(location);
                            case "getBundleContext" -> null;
                            default -> throw new UnsupportedOperationException(name);
                        });
    }

    private interface Call {
        @Nullable Object of(String name, Object[] words);
    }

    private static <T> T fake(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, words) -> call.of(method.getName(), words)));
    }
}
