package io.trinity.bench.compare;

import io.trinity.bench.kernels.Modules;
import io.trinity.engine.ChicoryEngine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** What is measured: digests of the engine's classes and of the bench's. */
final class Identity {
    private Identity() {}

    /** {@code engine 1a2b3c4d bench 5e6f7a8b}. */
    static String of() throws IOException {
        return "engine " + digest(ChicoryEngine.class) + " bench " + digest(Modules.class);
    }

    private static String digest(Class<?> of) throws IOException {
        try {
            Path place = Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (Stream<Path> all = Files.walk(place)) {
                for (Path p : all.filter(Files::isRegularFile).sorted().toList()) {
                    digest.update(Files.readAllBytes(p));
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 4);
        } catch (URISyntaxException | NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }
}
