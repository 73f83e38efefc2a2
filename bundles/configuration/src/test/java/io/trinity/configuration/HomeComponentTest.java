package io.trinity.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.home.Home;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class HomeComponentTest {
    private final List<Object> homes = new ArrayList<>();

    /** Of a framework whose property says so. */
    private HomeComponent component(@Nullable String property) {
        ServiceRegistration<?> registration =
                fake(
                        ServiceRegistration.class,
                        (name, words) -> {
                            homes.clear();
                            return null;
                        });
        return new HomeComponent(
                fake(
                        BundleContext.class,
                        (name, words) -> {
                            if (name.equals("getProperty")) {
                                return words[0].equals(Home.PROPERTY) ? property : null;
                            }
                            homes.add(words[1]);
                            return registration;
                        }));
    }

    @Test
    void theHomeThatTheFrameworkNamesIsAServiceUntilTheBundleStops() {
        HomeComponent component = component("/srv/../trinity");
        assertEquals(List.of(new Home(Path.of("/trinity"))), homes);
        component.deactivate();
        assertEquals(List.of(), homes);
    }

    @Test
    void whereTheFrameworkNamesNoneThereIsNoneAndNothingFails() {
        for (String none : new String[] {null, "", " "}) {
            component(none).deactivate();
            assertEquals(List.of(), homes);
        }
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
