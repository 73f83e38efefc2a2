package io.trinity.network;

import io.trinity.api.config.Places;
import io.trinity.api.home.FileFingerprint;
import io.trinity.api.home.FileWords;
import io.trinity.api.home.FolderEntries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose certificates TLS accepts: those that the JVM trusts, and those of the operator's files. A
 * file that is bad is told of once, and what was in effect stays; once it is mended, it is taken.
 * Thread-safe.
 */
final class Trust {
    private static final Logger LOG = LoggerFactory.getLogger(Trust.class);
    private static final String ENDINGS = "(?i).*\\.(pem|crt|cer)";

    private final Supplier<SSLSocketFactory> jvm;
    private List<Path> places = List.of();
    private Map<Path, String> seen = Map.of();
    private volatile @Nullable SSLSocketFactory withFiles;

    /**
     * @param jvm whom the JVM trusts; asked when it is needed, since that takes long
     */
    Trust(Supplier<SSLSocketFactory> jvm) {
        this.jvm = jvm;
    }

    /** For connections as of now. */
    SSLSocketFactory sockets() {
        SSLSocketFactory own = withFiles;
        return own == null ? jvm.get() : own;
    }

    /** From now on, these files, and the certificates in these folders. */
    synchronized void use(List<Path> now) {
        if (!now.equals(places)) {
            places = List.copyOf(now);
            seen = Map.of();
            if (places.isEmpty()) {
                withFiles = null;
            }
        }
        refresh();
    }

    /** Reads the files anew where one has changed. */
    synchronized void refresh() {
        if (places.isEmpty()) {
            return;
        }
        Map<Path, String> there = fingerprints();
        if (there.equals(seen)) {
            return;
        }
        seen = there;
        try {
            List<Certificate> certificates = new ArrayList<>();
            for (Map.Entry<Path, String> file : there.entrySet()) {
                certificates.addAll(certificates(file.getKey()));
            }
            withFiles = sockets(certificates);
            LOG.info(
                    "network trusts {} certificates of {} beside the JVM's",
                    certificates.size(),
                    places);
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn(
                    "code=CONFIG_INVALID {}: trustedCertificates: {}; what was trusted"
                            + " before stays in effect",
                    Places.of(NetworkSettings.PID),
                    e.getMessage());
        }
    }

    private Map<Path, String> fingerprints() {
        Map<Path, String> all = new TreeMap<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                try {
                    FolderEntries.of(place).stream()
                            .filter(f -> f.getFileName().toString().matches(ENDINGS))
                            .forEach(f -> all.put(f, fingerprint(f)));
                } catch (IOException e) {
                    all.put(place, e.toString());
                }
            } else {
                all.put(place, fingerprint(place));
            }
        }
        return all;
    }

    private static String fingerprint(Path file) {
        try {
            return FileFingerprint.of(file).toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<Certificate> certificates(Path file) throws IOException {
        List<Certificate> all;
        try (InputStream in = Files.newInputStream(file)) {
            all = List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "%s is no certificate: %s; it takes X.509 in PEM"
                            .formatted(file, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new IOException("%s cannot be read: %s".formatted(file, FileWords.of(e)), e);
        }
        if (all.isEmpty()) {
            throw new IOException(file + " holds no certificate; it takes X.509 in PEM");
        }
        return all;
    }

    private static SSLSocketFactory sockets(List<Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (TrustManager m : managers(null)) {
            if (m instanceof X509TrustManager x) {
                for (X509Certificate c : x.getAcceptedIssuers()) {
                    store.setCertificateEntry("jvm-" + number++, c);
                }
            }
        }
        for (Certificate c : certificates) {
            store.setCertificateEntry("own-" + number++, c);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(store), null);
        return context.getSocketFactory();
    }

    /** Null for the JVM's own. */
    private static TrustManager[] managers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
