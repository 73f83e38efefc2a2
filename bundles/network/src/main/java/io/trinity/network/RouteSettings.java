package io.trinity.network;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.config.Places;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.NetworkTarget;
import io.trinity.api.text.Escaped;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which way requests go and whom they trust; see {@link NetworkDefinition}. Pure.
 *
 * @param trustedCertificates files and folders, absolute
 */
record RouteSettings(Proxy proxy, List<Path> trustedCertificates) {
    static final RouteSettings DEFAULT = new RouteSettings(Proxy.NONE, List.of());

    RouteSettings {
        trustedCertificates = List.copyOf(trustedCertificates);
    }

    /**
     * @param base of paths that are not absolute
     * @param last what stays in effect where a value is invalid
     * @param problems told of each invalid value, in one sentence
     */
    static RouteSettings read(
            ConfigValues v, Path base, RouteSettings last, Consumer<String> problems) {
        return new RouteSettings(
                proxy(v, last.proxy(), problems),
                certificates(v, base, last.trustedCertificates(), problems));
    }

    private static Proxy proxy(ConfigValues v, Proxy last, Consumer<String> problems) {
        List<String> proxy = v.names("proxy", List.of());
        List<String> except = v.names("noProxy", List.of());
        for (String item : except) {
            if (!Proxy.isException(item)) {
                problems.accept(
                        told("noProxy", item, "a name, .suffix or address, with a port or without")
                                + "; what held before stays in effect");
                return last;
            }
        }
        if (proxy.isEmpty()) {
            return Proxy.NONE;
        }
        try {
            if (proxy.size() == 1) {
                return new Proxy(NetworkTarget.parse(proxy.get(0)), except);
            }
        } catch (HostFailure e) {
            // told below
        }
        problems.accept(
                told(
                                "proxy",
                                String.join(",", proxy),
                                "host:port, without http:// and without a user")
                        + "; what held before stays in effect");
        return last;
    }

    private static List<Path> certificates(
            ConfigValues v, Path base, List<Path> last, Consumer<String> problems) {
        List<Path> all = new ArrayList<>();
        for (String item : v.names("trustedCertificates", List.of())) {
            try {
                all.add(base.resolve(item).normalize());
            } catch (InvalidPathException e) {
                problems.accept(
                        told("trustedCertificates", item, "a path on this machine")
                                + "; what held before stays in effect");
                return last;
            }
        }
        return all;
    }

    private static String told(String key, String value, String expected) {
        return "%s: %s=%s is not %s"
                .formatted(Places.of(NetworkSettings.PID), key, Escaped.brief(value), expected);
    }
}
