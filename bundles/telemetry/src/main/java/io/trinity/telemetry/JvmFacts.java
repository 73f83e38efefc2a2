package io.trinity.telemetry;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.List;

/**
 * What the start-up check looks at.
 *
 * @param feature the JVM's version, such as 17
 * @param arguments its options, as they were given, in their order
 * @param maxHeapBytes most that the heap may grow to
 * @param charset name of the default character set
 */
record JvmFacts(int feature, List<String> arguments, long maxHeapBytes, String charset) {
    JvmFacts {
        arguments = List.copyOf(arguments);
    }

    /** Those of the running JVM. */
    static JvmFacts present() {
        return new JvmFacts(
                Runtime.version().feature(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                Runtime.getRuntime().maxMemory(),
                Charset.defaultCharset().name());
    }
}
