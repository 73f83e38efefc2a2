package io.trinity.network;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Metatype of PID {@code io.trinity.network}; read by {@link NetworkSettings}. */
@ObjectClassDefinition(
        name = "Trinity network",
        description =
                "How much plugins with capability network may move, and over how many connections")
@interface NetworkDefinition {
    @AttributeDefinition(
            name = "Body of an answer",
            description = "Most bytes of the body of one HTTP answer, 1024 to 16777216",
            min = "1024",
            max = "16777216")
    int maxResponseBytes() default 1 << 20;

    @AttributeDefinition(
            name = "Bytes of a call",
            description =
                    "Most bytes that one call of a plugin moves over the network, both ways and all"
                            + " connections together, 1024 to 1073741824",
            min = "1024",
            max = "1073741824")
    long maxCallBytes() default 16 << 20;

    @AttributeDefinition(
            name = "Connections of a plugin",
            description = "Most connections that one plugin has open at a time, 1 to 64",
            min = "1",
            max = "64")
    int maxConnections() default 8;

    @AttributeDefinition(
            name = "Connections of all plugins",
            description = "Most connections that all plugins have open at a time, 1 to 1024",
            min = "1",
            max = "1024")
    int maxTotalConnections() default 64;

    @AttributeDefinition(
            name = "Idle time",
            description =
                    "A TCP connection over which nothing went for this time is closed, in"
                            + " milliseconds, 1000 to 3600000",
            min = "1000",
            max = "3600000")
    int idleMillis() default 60_000;

    @AttributeDefinition(
            name = "Trusted certificates",
            description =
                    "Files with X.509 certificates in PEM, and folders of such files (.pem, .crt,"
                            + " .cer), that TLS trusts beside those of the JVM; absolute, or below"
                            + " the home; without commas. Read anew when they change",
            required = false)
    String[] trustedCertificates() default {};

    @AttributeDefinition(
            name = "Proxy",
            description =
                    "host:port of the HTTP proxy for interface http; not for tcp. Names are looked"
                            + " up there",
            required = false)
    String proxy() default "";

    @AttributeDefinition(
            name = "Not by the proxy",
            description =
                    "What is connected to directly: names, .suffix, addresses, each with or"
                            + " without :port; besides what a scope grants with inside:, localhost"
                            + " and loopback addresses",
            required = false)
    String[] noProxy() default {};
}
