package io.trinity.shell;

import org.jspecify.annotations.Nullable;

/** Services that a host may do without. */
final class Present {
    private Present() {}

    /**
     * The service.
     *
     * @param bundle that brings it
     * @throws CommandFailure where nobody serves it, with the bundle to look at
     */
    static <T> T require(@Nullable T service, Class<T> type, String bundle) {
        if (service == null) {
            throw new CommandFailure(
                    "there is no service "
                            + type.getSimpleName()
                            + ": bundle "
                            + bundle
                            + " is not installed or not active; see "
                            + listing(bundle));
        }
        return service;
    }

    /** The command that shows how it stands with bundles, as this framework's shell has it. */
    static String listing(String bundle) {
        return System.getProperty("karaf.base") == null
                ? "'lb " + bundle + "'"
                : "'bundle:list -t 0 -s | grep " + bundle + "'";
    }
}
