package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tells the service manager that started this process, where it asks for it ({@code
 * NOTIFY_SOCKET}): that all is up, and that it stops. By {@code systemd-notify}, since the JDK has
 * no datagram sockets in the file system: the unit needs {@code NotifyAccess=all}. A notice that
 * cannot be given is told of in one line, and the host runs on.
 */
final class ServiceNotice {
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final long POLL_MILLIS = 200;
    private static final long PATIENCE_SECONDS = 10;

    private final Home home;

    private ServiceNotice(Home home) {
        this.home = home;
    }

    /** Empty where nobody asks. */
    static Optional<ServiceNotice> wanted(Map<String, String> environment, Home home) {
        return environment.getOrDefault(SOCKET, "").isEmpty()
                ? Optional.empty()
                : Optional.of(new ServiceNotice(home));
    }

    /** From a thread of its own: {@code READY=1} as soon as {@code trinity:ready} says so. */
    void whenReady() {
        Thread thread = new Thread(this::awaitReady, "trinity-notify");
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitReady() {
        try {
            while (!Quiet.run(home, "trinity:ready").isDone()) {
                Thread.sleep(POLL_MILLIS);
            }
            tell("--ready", "--status=home " + home.root());
        } catch (IOException e) {
            System.err.println("trinity: the service manager was not told that it is ready: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code STOPPING=1}. Waits until it is said. */
    void stopping() {
        tell("STOPPING=1", "--status=stops");
    }

    private static void tell(String... words) {
        List<String> command = new ArrayList<>(List.of("systemd-notify"));
        command.addAll(List.of(words));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            System.err.println(
                    "trinity: the service manager was not told '"
                            + words[0]
                            + "': "
                            + e.getMessage()
                            + "; install systemd-notify, or use Type=exec");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
