package io.trinity.wrapper;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.manifest.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Version;

/**
 * Writes generated bundles. Pure: the same input gives the same bytes (stored entries, fixed times,
 * fixed order). Source: OSGi Core R8 §3.2, §3.10; JAR File Specification.
 */
public final class BundleWriter {
    /** Entry that holds the stripped module. */
    static final String MODULE_ENTRY = "module.wasm";

    /** Entry that holds the manifest as it was embedded. */
    static final String MANIFEST_ENTRY = "META-INF/trinity/manifest.json";

    /** Header: binary name of the compiled entry class. */
    static final String MAIN_CLASS = "Trinity-Main-Class";

    /** Header: build of the engine that compiled the classes. */
    static final String BUILD = "Trinity-Codegen";

    /** Header: SHA-256 of the plugin's file. */
    static final String DIGEST = "Trinity-Digest";

    /** Header: version as the manifest says, without the digest. */
    static final String PLUGIN_VERSION = "Trinity-Plugin-Version";

    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private BundleWriter() {}

    /** Symbolic name of a plugin's bundles. */
    public static String symbolicName(String plugin) {
        return "io.trinity.plugin." + plugin;
    }

    /**
     * The bytes of the bundle of one version.
     *
     * @param symbolicName {@link #symbolicName} for a plugin that is to be run
     * @param manifest the manifest, checked
     * @param digest SHA-256 of the plugin's file, 64 hexadecimal digits
     * @param generation its number: the same file loaded twice is two bundles, which must differ in
     *     their version
     * @param code the compiled module
     */
    public static byte[] write(
            String symbolicName,
            Manifest manifest,
            String digest,
            long generation,
            CompiledModule code) {
        byte[] json =
                code.info()
                        .customSection(Manifest.SECTION)
                        .orElseThrow(() -> new IllegalArgumentException("no manifest section"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(
                    zip,
                    "META-INF/MANIFEST.MF",
                    headers(symbolicName, manifest, digest, generation, code));
            put(zip, MANIFEST_ENTRY, json);
            put(zip, MODULE_ENTRY, code.module().bytes());
            for (Map.Entry<String, byte[]> c : code.classes().entrySet()) {
                put(zip, c.getKey().replace('.', '/') + ".class", c.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(EPOCH);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] headers(
            String symbolicName,
            Manifest manifest,
            String digest,
            long generation,
            CompiledModule code) {
        ManifestHeaders h = new ManifestHeaders();
        h.add("Manifest-Version", "1.0");
        h.add("Bundle-ManifestVersion", "2");
        h.add("Bundle-SymbolicName", symbolicName);
        h.add("Bundle-Version", bundleVersion(manifest.version(), digest, generation).toString());
        h.add("Bundle-Name", "Trinity plugin " + manifest.name() + " " + manifest.version());
        h.add("Bundle-Activator", PluginActivator.class.getName());
        h.add(
                "Import-Package",
                "org.osgi.framework,io.trinity.wrapper;version=\"[0.1,0.2)\","
                        + "io.trinity.engine.guest;version=\"[0.1,0.2)\","
                        + "com.dylibso.chicory.runtime;version=\"[1.7.5,1.7.6)\"");
        StringBuilder provides = new StringBuilder("io.trinity.plugin;name=");
        provides.append(manifest.name()).append(";version:Version=\"");
        provides.append(manifest.version()).append('"');
        manifest.type().ifPresent(t -> provides.append(";type=").append(t.label()));
        h.add("Provide-Capability", provides.toString());
        StringBuilder needs = new StringBuilder("io.trinity.codegen;filter:=\"(build=");
        needs.append(code.module().build()).append(")\"");
        for (Manifest.Dependency d : manifest.dependencies()) {
            needs.append(",io.trinity.plugin;filter:=\"(&(name=").append(d.name()).append(')');
            needs.append(d.version().toFilterString("version")).append(")\";effective:=active");
        }
        h.add("Require-Capability", needs.toString());
        h.add(BUILD, code.module().build());
        h.add(DIGEST, digest);
        h.add(MAIN_CLASS, code.module().mainClass());
        h.add(PLUGIN_VERSION, manifest.version().toString());
        return h.bytes();
    }

    /**
     * The plugin's version with digest and generation in its qualifier: no two bundles of one
     * plugin have the same.
     */
    static Version bundleVersion(Version v, String digest, long generation) {
        String own = v.getQualifier().isEmpty() ? "" : v.getQualifier() + "-";
        return new Version(
                v.getMajor(),
                v.getMinor(),
                v.getMicro(),
                own + "sha-" + digest.substring(0, 16) + "-g" + generation);
    }

    /** The main section of a JAR manifest, in the order given, with lines of at most 72 bytes. */
    private static final class ManifestHeaders {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        void add(String name, String value) {
            byte[] line = (name + ": " + value).getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < line.length; ) {
                int room = at == 0 ? 72 : 71;
                if (at > 0) {
                    out.write(' ');
                }
                int length = Math.min(room, line.length - at);
                out.write(line, at, length);
                out.write('\r');
                out.write('\n');
                at += length;
            }
        }

        byte[] bytes() {
            out.write('\r');
            out.write('\n');
            return out.toByteArray();
        }
    }
}
