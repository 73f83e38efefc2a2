package io.trinity.launcher;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The bundle with the interactive shell. The launcher starts it itself, when all else is up: the
 * prompt means ready. And JLine finds its terminals through the starting thread's context class
 * loader, which in a framework's own threads knows no bundle.
 */
final class ShellBundle {
    static final String NAME = "org.apache.felix.gogo.jline";

    private ShellBundle() {}

    static void start(Bundle shell, @Nullable Bundle jline) throws BundleException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (jline != null) {
            thread.setContextClassLoader(jline.adapt(BundleWiring.class).getClassLoader());
        }
        try {
            shell.start(Bundle.START_TRANSIENT);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
