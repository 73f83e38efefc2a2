package io.trinity.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Metatype of PID {@code io.trinity.http}; read by {@link HttpSettings}. */
@ObjectClassDefinition(
        name = "Trinity HTTP",
        description = "Where /live, /ready and /metrics are served; without a port nowhere")
@interface HttpDefinition {
    @AttributeDefinition(
            name = "Port",
            description = "TCP port, 1 to 65535; 0 for none: nothing listens",
            min = "0",
            max = "65535")
    int port() default 0;

    @AttributeDefinition(
            name = "Host",
            description =
                    "Address or name of this machine to listen at. There is no password: whoever"
                            + " reaches it reads the names and counts of plugins and pipelines")
    String host() default HttpSettings.LOOPBACK;
}
