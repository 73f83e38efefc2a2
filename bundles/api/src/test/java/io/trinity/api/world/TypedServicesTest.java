package io.trinity.api.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.plugin.Plugin;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class TypedServicesTest {
    private static final String SIZE = "size";

    private final List<String> steps = new ArrayList<>();
    private final Map<Object, Object> offered = new HashMap<>();
    private final Plugin plugin = plugin("one");
    private final TypedServices<Sized> services =
            new TypedServices<>(context(), Runnable.class, Sized::new);
    private Runnable whileRegistering = () -> {};

    /** Of the size that its plugin's properties say. */
    private final class Sized implements Runnable, TypedServices.View {
        Sized(Plugin plugin) {
            steps.add("made of " + plugin.name());
        }

        @Override
        public Map<String, Object> follow(Map<String, Object> properties) {
            Object size = properties.get(SIZE);
            steps.add("told " + size);
            if (size == null) {
                throw new IllegalArgumentException("no size");
            }
            return Map.of(SIZE, size, Plugin.NAME, "not for it to say");
        }

        @Override
        public void run() {}
    }

    @Test
    void theViewIsToldBeforeItsServiceIsThereAndBeforeItsPropertiesChange() {
        services.bind(plugin, Map.of(SIZE, 1, Plugin.VERSION, "1.0.0", Plugin.TYPE, "any"));
        services.updated(plugin, Map.of(SIZE, 2, Plugin.VERSION, "2.0.0"));
        services.unbind(plugin);
        assertEquals(
                List.of(
                        "made of one",
                        "told 1",
                        "registered {plugin.name=one, plugin.version=1.0.0, size=1}",
                        "told 2",
                        "changed {plugin.name=one, plugin.version=2.0.0, size=2}",
                        "unregistered"),
                steps);
    }

    @Test
    void withoutAVersionThereIsNone() {
        services.bind(plugin, Map.of(SIZE, 1));
        assertEquals("registered {plugin.name=one, size=1}", last());
    }

    @Test
    void ofAPluginThatIsNotThereNothingIs() {
        services.updated(plugin, Map.of(SIZE, 1));
        services.unbind(plugin);
        assertEquals(List.of(), steps);
    }

    @Test
    void closingTakesAllAndNoneComesAfter() {
        services.bind(plugin, Map.of(SIZE, 1));
        services.bind(plugin("two"), Map.of(SIZE, 2));
        assertEquals(2, offered.size());
        services.close();
        services.bind(plugin("three"), Map.of(SIZE, 3));
        assertEquals(Map.of(), offered);
    }

    @Test
    void aPluginThatGoesWhileItsServiceIsRegisteredLeavesNoneBehind() {
        whileRegistering = () -> services.unbind(plugin);
        services.bind(plugin, Map.of(SIZE, 1));
        assertEquals(Map.of(), offered);
    }

    @Test
    void whoeverComesWhileAServiceIsRegisteredNeitherWaitsNorIsForgotten() {
        whileRegistering = () -> elsewhere(() -> services.updated(plugin, Map.of(SIZE, 2)));
        services.bind(plugin, Map.of(SIZE, 1));
        assertEquals("changed {plugin.name=one, size=2}", last());

        Plugin two = plugin("two");
        whileRegistering = () -> elsewhere(() -> services.unbind(two));
        services.bind(two, Map.of(SIZE, 1));
        assertEquals("unregistered", last());
        assertEquals(1, offered.size());
    }

    @Test
    void aViewThatFailsLeavesWhatWasAndMayGo() {
        services.bind(plugin, Map.of(SIZE, 1));
        assertThrows(IllegalArgumentException.class, () -> services.updated(plugin, Map.of()));
        assertEquals(List.of("{plugin.name=one, size=1}"), List.copyOf(offered.values()));
        services.updated(plugin, Map.of(SIZE, 2));
        assertEquals("changed {plugin.name=one, size=2}", last());
        services.unbind(plugin);
        assertEquals(Map.of(), offered);
    }

    private String last() {
        return steps.get(steps.size() - 1);
    }

    private static void elsewhere(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertFalse(thread.isAlive(), "it waits");
    }

    private static Plugin plugin(String name) {
        return fake(
                Plugin.class,
                (self, method, words) ->
                        switch (method) {
                            case "name" -> name;
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> self == words[0];
                            default -> throw new UnsupportedOperationException(method);
                        });
    }

    private BundleContext context() {
        return fake(
                BundleContext.class,
                (self, method, words) -> {
                    assertEquals("registerService", method);
                    assertEquals(Runnable.class, words[0]);
                    Object service = words[1];
                    offer("registered ", service, words[2]);
                    whileRegistering.run();
                    return registration(service);
                });
    }

    private ServiceRegistration<?> registration(Object service) {
        return fake(
                ServiceRegistration.class,
                (self, method, words) -> {
                    if (method.equals("setProperties")) {
                        offer("changed ", service, words[0]);
                    } else {
                        assertEquals("unregister", method);
                        steps.add("unregistered");
                        offered.remove(service);
                    }
                    return null;
                });
    }

    private void offer(String step, Object service, Object dictionary) {
        String properties = new TreeMap<>((Hashtable<?, ?>) dictionary).toString();
        steps.add(step + properties);
        offered.put(service, properties);
    }

    private interface Call {
        @Nullable Object of(Object self, String method, Object[] words);
    }

    private static <T> T fake(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, words) -> call.of(self, method.getName(), words)));
    }
}
