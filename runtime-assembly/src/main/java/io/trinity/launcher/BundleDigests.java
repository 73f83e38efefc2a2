package io.trinity.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Digests of the distribution's bundles, and the record of those that a home has installed. */
final class BundleDigests {
    private BundleDigests() {}

    /** SHA-256 by location. */
    static Map<String, String> of(List<Path> files) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (Path file : files) {
            digests.put(BundleSync.SCHEME + file.toUri(), digest(file));
        }
        return digests;
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, sha).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The record; empty where none was written. */
    static Map<String, String> read(Path record) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(record)) {
            try (InputStream in = Files.newInputStream(record)) {
                properties.load(in);
            }
        }
        Map<String, String> digests = new HashMap<>();
        properties.stringPropertyNames().forEach(k -> digests.put(k, properties.getProperty(k)));
        return digests;
    }

    /**
     * Replaces the record. Not durable: after a crash before it, or a power cut after it, the next
     * start updates once more.
     */
    static void write(Path record, Map<String, String> digests) throws IOException {
        Properties properties = new Properties();
        properties.putAll(digests);
        Path next = record.resolveSibling(record.getFileName() + ".next");
        try (OutputStream out = Files.newOutputStream(next)) {
            properties.store(out, "host bundles that the framework holds");
        }
        Files.move(next, record, StandardCopyOption.ATOMIC_MOVE);
    }
}
