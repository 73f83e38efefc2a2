package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.home.Home;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

class HostCommandsTest {
    /** What was stopped. */
    private final List<String> stopped = new ArrayList<>();

    private String distribution;

    private HostCommands commands() {
        Bundle system =
                fake(
                        Bundle.class,
                        (name, words) -> {
                            stopped.add(name);
                            return null;
                        });
        BundleContext context =
                fake(
                        BundleContext.class,
                        (name, words) -> name.equals("getProperty") ? distribution : system);
        return new HostCommands(context, new Home(Path.of("/h")));
    }

    private interface Call {
        Object of(String name, Object[] words);
    }

    private static <T> T fake(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, words) -> call.of(method.getName(), words)));
    }

    @Test
    void aFrameworkThatOthersLiveInIsNotShutDown() {
        CommandFailure e = assertThrows(CommandFailure.class, () -> commands().shutdown());
        assertEquals("ILLEGAL_TRANSITION", e.code());
        assertEquals(List.of(), stopped);
    }

    @Test
    void ourOwnIs() {
        distribution = "/opt/trinity";
        assertEquals("stopping\n", commands().shutdown());
        assertEquals(List.of("stop"), stopped);
        assertThrows(CommandFailure.class, () -> commands().shutdown("now"));
        assertEquals(List.of("stop"), stopped);
    }
}
