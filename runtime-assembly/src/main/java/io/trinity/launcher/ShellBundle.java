package io.trinity.launcher;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The bundle with Gogo's own commands for a shell, and with a shell, which is not used. The
 * launcher starts it itself: JLine finds its terminals through the starting thread's context class
 * loader, which in a framework's own threads knows no bundle.
 */
final class ShellBundle {
    private static final String PROVIDER = "org.jline.terminal.provider";

    static final String NAME = "org.apache.felix.gogo.jline";

    private ShellBundle() {}

    static void start(Bundle shell, @Nullable Bundle jline) throws BundleException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // It would hold the terminal, whose signals and whose modes are for our own shell.
        System.setProperty(PROVIDER, "dumb");
        if (jline != null) {
            thread.setContextClassLoader(jline.adapt(BundleWiring.class).getClassLoader());
        }
        try {
            shell.start(Bundle.START_TRANSIENT);
        } finally {
            thread.setContextClassLoader(before);
            System.clearProperty(PROVIDER);
        }
    }
}
