package io.trinity.api.plugin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a plugin may be allowed to do. Denied unless declared in its manifest and granted by the
 * operator.
 */
public enum Capability {
    VSA_OPS(Risk.LOW, "vsa"),
    STREAM_IO(Risk.LOW, "streams"),
    METRICS(Risk.LOW, "metrics"),
    FILE_READ(Risk.MEDIUM, "files"),
    GPU_COMPUTE(Risk.MEDIUM, "gpu"),
    FILE_WRITE(Risk.HIGH, "file-changes"),
    NETWORK(Risk.HIGH, "http", "tcp"),
    AGENT_SPAWN(Risk.HIGH, "agents");

    /** How much harm a grant can do. Only {@code LOW} is granted on declaration alone. */
    public enum Risk {
        LOW,
        MEDIUM,
        HIGH
    }

    private final Risk risk;
    private final List<String> interfaces;

    Capability(Risk risk, String... interfaces) {
        this.risk = risk;
        this.interfaces = List.of(interfaces);
    }

    public Risk risk() {
        return risk;
    }

    /** The interfaces of {@code trinity:plugin} that it opens. */
    public List<String> interfaces() {
        return interfaces;
    }

    /** Whether a grant without a scope opens nothing; of others such a grant has no limit. */
    public boolean needsScope() {
        return this == FILE_READ || this == FILE_WRITE || this == NETWORK;
    }

    /** The name in manifests and configuration: {@code vsa_ops}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The capability with that label, or nothing. */
    public static Optional<Capability> byLabel(String label) {
        return List.of(values()).stream().filter(c -> c.label().equals(label)).findFirst();
    }

    /** The capability that opens an interface; nothing for interfaces that need none. */
    public static Optional<Capability> ofInterface(String name) {
        return List.of(values()).stream().filter(c -> c.interfaces.contains(name)).findFirst();
    }
}
