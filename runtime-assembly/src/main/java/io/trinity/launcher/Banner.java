package io.trinity.launcher;

import io.trinity.api.home.Home;

/** What a person is told first: where the folders are that the runtime watches. */
final class Banner {
    private Banner() {}

    static String of(Home home, boolean interactive) {
        return "Trinity\n"
                + line("home", home.root(), "")
                + line("plugins", home.plugins(), "watched: drop .wasm files here")
                + line("conf", home.conf(), "watched: .cfg files take effect at once")
                + line("inbox", home.inbox(), "watched: data files to process")
                + line("outbox", home.outbox(), "results")
                + line("log", home.log().resolve("trinity.log"), "")
                + (interactive ? line("help", "all commands; Ctrl-D stops the host", "") : "");
    }

    private static String line(String name, Object where, String what) {
        return String.format(
                "  %-8s %s%s%n", name, where, what.isEmpty() ? "" : "   (" + what + ")");
    }
}
