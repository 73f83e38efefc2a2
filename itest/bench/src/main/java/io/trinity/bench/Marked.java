package io.trinity.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a page that is measured, between the lines {@code <!-- NAME -->} and {@code <!-- end
 * of NAME -->}; what stands around it is written by hand.
 */
record Marked(String name) {
    /**
     * Replaces the part.
     *
     * @throws IOException also if the page has no such lines
     */
    void write(Path page, String text) throws IOException {
        Files.writeString(page, in(Files.readString(page), text));
    }

    /**
     * The page with another part.
     *
     * @throws IOException if it has no such lines
     */
    String in(String page, String text) throws IOException {
        String from = "<!-- " + name + " -->\n";
        String to = "<!-- end of " + name + " -->\n";
        int begin = page.indexOf(from);
        int end = page.indexOf(to);
        if (begin < 0 || end < begin) {
            throw new IOException("the page has no lines " + from.strip() + " and " + to.strip());
        }
        return page.substring(0, begin + from.length()) + text + page.substring(end);
    }
}
