package io.trinity.hooks;

import java.util.ArrayList;
import java.util.List;

/** The hooks that run within each other on this thread, by the plugins that are called. */
final class Nesting {
    private final ThreadLocal<List<String>> plugins = ThreadLocal.withInitial(ArrayList::new);

    /** Hooks that run on this thread now. */
    int depth() {
        return plugins.get().size();
    }

    /** Whether a plugin's hook runs on this thread now: its guest is busy with it. */
    boolean isWithin(String plugin) {
        return plugins.get().contains(plugin);
    }

    void enter(String plugin) {
        plugins.get().add(plugin);
    }

    void leave() {
        List<String> here = plugins.get();
        here.remove(here.size() - 1);
        if (here.isEmpty()) {
            plugins.remove();
        }
    }
}
