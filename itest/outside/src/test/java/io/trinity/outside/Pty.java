package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * {@code ./tri} on a pseudo-terminal of its own, made by {@code script}: types, and looks at what
 * is shown. For one thread.
 */
final class Pty implements AutoCloseable {
    private static final Pattern CONTROL = Pattern.compile("\u001b(\\[[0-9;?]*[a-zA-Z]|[=>])|\r");
    private static final int END_SECONDS = 90;

    private final Process script;
    private final OutputStream keys;
    private final StringBuilder shown = new StringBuilder();
    private int mark;

    private Pty(Process script) {
        this.script = script;
        this.keys = script.getOutputStream();
        Thread reader = new Thread(() -> read(script.getInputStream()), "pty");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * {@code ./tri --home HOME} on a terminal.
     *
     * @param size words for stty, such as {@code rows 45 columns 150}
     */
    static Pty open(Host host, String size) throws IOException {
        String tri =
                "bash '" + Host.distribution().resolve("tri") + "' --home '" + host.home() + "'";
        ProcessBuilder builder =
                host.prepare(
                        // Whoever runs the tests in the background ignores SIGINT, and so would a
                        // host.
                        new ProcessBuilder(
                                "env",
                                "--default-signal=INT",
                                "script",
                                "-qefc",
                                "stty " + size + "; exec " + tri,
                                "/dev/null"));
        builder.environment().putIfAbsent("TERM", "xterm");
        builder.redirectInput(ProcessBuilder.Redirect.PIPE).redirectErrorStream(true);
        return new Pty(builder.start());
    }

    /** Types; what is looked for from now on is what is shown from now on. */
    Pty type(String text) throws IOException {
        synchronized (shown) {
            mark = shown.length();
        }
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
        return this;
    }

    /** Waits until it is shown. */
    Pty shows(String text) {
        try {
            Await.until("the terminal shows " + text, () -> sinceTyped().contains(text));
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError("'" + text + "' is not shown, but:\n" + sinceTyped(), e);
        }
        return this;
    }

    /** What was shown since something was typed, without what moves and colours. */
    String sinceTyped() {
        synchronized (shown) {
            return CONTROL.matcher(shown.substring(mark)).replaceAll("");
        }
    }

    /** Waits for the end; the exit code. */
    int end() throws InterruptedException {
        assertTrue(script.waitFor(END_SECONDS, TimeUnit.SECONDS), () -> "no end:\n" + sinceTyped());
        return script.exitValue();
    }

    private void read(InputStream in) {
        byte[] bytes = new byte[8192];
        try {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                synchronized (shown) {
                    shown.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up, if it has not ended. */
    @Override
    public void close() {
        script.descendants().forEach(ProcessHandle::destroy);
        script.destroy();
    }
}
