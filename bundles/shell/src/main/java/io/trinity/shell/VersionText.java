package io.trinity.shell;

import io.trinity.api.contract.Contract;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Versions of what runs: host, engine, contract and JVM. */
final class VersionText {
    private static final String ENGINE = "io.trinity.chicory";

    private VersionText() {}

    /** As {@code ./tri version} says them of the distribution on the disk. */
    static Map<String, String> fields(BundleContext context) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("trinity", plain(context.getBundle().getVersion().toString()));
        fields.put(
                "engine",
                Arrays.stream(context.getBundles())
                        .filter(b -> ENGINE.equals(b.getSymbolicName()))
                        .map(b -> String.valueOf(b.getHeaders().get(Constants.BUNDLE_NAME)))
                        .findFirst()
                        .orElse("unknown"));
        fields.put("contract", "trinity:plugin@" + Contract.VERSION);
        fields.put(
                "java",
                Runtime.version()
                        + "  "
                        + System.getProperty("java.vm.name")
                        + "  "
                        + System.getProperty("java.home"));
        return fields;
    }

    /** The same, a line each. */
    static String lines(Map<String, String> fields) {
        StringBuilder out = new StringBuilder();
        fields.forEach((name, value) -> out.append(String.format("%-9s %s\n", name, value)));
        return out.toString();
    }

    private static String plain(String version) {
        return version.replace(".SNAPSHOT", "-SNAPSHOT");
    }
}
