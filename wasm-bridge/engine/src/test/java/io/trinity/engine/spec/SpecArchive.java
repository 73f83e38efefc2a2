package io.trinity.engine.spec;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The files of a tar.gz by name. */
final class SpecArchive {
    private static final int BLOCK = 512;

    private SpecArchive() {}

    static Map<String, byte[]> read(Path file) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream in =
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            for (byte[] header = in.readNBytes(BLOCK);
                    header.length == BLOCK && header[0] != 0;
                    header = in.readNBytes(BLOCK)) {
                int size = Integer.parseInt(text(header, 124, 12), 8);
                byte[] content = in.readNBytes(size);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                files.put(text(header, 0, 100).replaceFirst("^\\./", ""), content);
            }
        }
        return files;
    }

    private static String text(byte[] header, int from, int length) {
        String s = new String(header, from, length, StandardCharsets.ISO_8859_1);
        int end = s.indexOf(0);
        return (end < 0 ? s : s.substring(0, end)).strip();
    }
}
