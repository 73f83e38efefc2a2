package io.trinity.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The Karaf features are valid, and hold the distribution's bundles but for those that Karaf
 * brings.
 */
class FeaturesTest {
    private static final String VERSION = "1.2.3";
    private static final String XSD = "/org/apache/karaf/features/karaf-features-1.6.0.xsd";
    private static final Pattern MAVEN = Pattern.compile("mvn:([^/]+)/([^/]+)/([^/]+)");
    private static final Pattern RUN_BUNDLE =
            Pattern.compile("^\\s*([\\w.-]+);version='\\[([^,]+),", Pattern.MULTILINE);

    /** What Karaf has: logging (Pax Logging), events, configuration, its shell. */
    private static final Set<String> KARAF_BRINGS =
            Set.of(
                    "ch.qos.logback.classic",
                    "ch.qos.logback.core",
                    "org.apache.aries.spifly.dynamic.bundle",
                    "org.apache.felix.log",
                    "slf4j.api",
                    "org.apache.felix.configadmin",
                    "org.apache.felix.eventadmin",
                    "org.apache.felix.fileinstall",
                    "org.apache.felix.metatype",
                    "org.apache.felix.gogo.command",
                    "org.apache.felix.gogo.jline",
                    "org.jline");

    /**
     * Health and metrics over HTTP are not for Karaf, which has web containers of its own; nor is
     * what belongs to Logback.
     */
    private static final Set<String> NOT_FOR_KARAF =
            Set.of(
                    "io.trinity.http",
                    "io.trinity.logback",
                    "io.trinity.logservice",
                    "io.prometheus.metrics-config",
                    "io.prometheus.metrics-exposition-textformats",
                    "io.prometheus.metrics-model",
                    "org.apache.commons.commons-fileupload",
                    "org.apache.commons.commons-io",
                    "org.apache.felix.http.jetty12",
                    "org.apache.felix.http.servlet-api",
                    "org.jsr-305");

    private static String features;
    private static Document document;

    @BeforeAll
    static void read() throws Exception {
        features = Files.readString(Path.of("src/main/karaf/features.xml"));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        document =
                factory.newDocumentBuilder()
                        .parse(new ByteArrayInputStream(filled().getBytes(StandardCharsets.UTF_8)));
    }

    /** As the build fills it in. */
    private static String filled() {
        return features.replace("@version@", VERSION);
    }

    private static void validate(String xml) throws SAXException, IOException {
        try (InputStream xsd = FeaturesTest.class.getResourceAsStream(XSD)) {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(new StreamSource(xsd))
                    .newValidator()
                    .validate(new StreamSource(new StringReader(xml)));
        }
    }

    private static Element feature(String name) {
        NodeList all = document.getElementsByTagNameNS("*", "feature");
        for (int i = 0; i < all.getLength(); i++) {
            Element feature = (Element) all.item(i);
            if (feature.getAttribute("name").equals(name)) {
                return feature;
            }
        }
        throw new AssertionError("there is no feature " + name);
    }

    /** Version by artifact, of the bundles of a feature. */
    private static Map<String, String> artifacts(String feature) {
        Map<String, String> versions = new TreeMap<>();
        NodeList bundles = feature(feature).getElementsByTagNameNS("*", "bundle");
        for (int i = 0; i < bundles.getLength(); i++) {
            Matcher m = MAVEN.matcher(bundles.item(i).getTextContent());
            assertTrue(m.matches(), bundles.item(i).getTextContent());
            String twice = versions.put(m.group(1) + "/" + m.group(2), m.group(3));
            assertEquals(null, twice, m.group() + " stands there twice");
        }
        return versions;
    }

    /** Version by symbolic name, as the resolver has written them. */
    private static Map<String, String> runBundles() throws IOException {
        String bndrun = Files.readString(Path.of("trinity.bndrun"));
        Matcher m = RUN_BUNDLE.matcher(bndrun.substring(bndrun.indexOf("-runbundles:")));
        Map<String, String> versions = new TreeMap<>();
        while (m.find()) {
            versions.put(m.group(1), m.group(2));
        }
        return versions;
    }

    /** Symbolic name by artifact, of all that this module depends on. */
    private static Map<String, String> symbolicNames() throws IOException {
        Map<String, String> names = new TreeMap<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            Optional<Manifest> manifest = manifest(path);
            if (manifest.isPresent()) {
                String name = manifest.get().getMainAttributes().getValue("Bundle-SymbolicName");
                if (name != null) {
                    names.put(artifact(path), name.split(";")[0].trim());
                }
            }
        }
        return names;
    }

    private static Optional<Manifest> manifest(Path path) throws IOException {
        if (path.toString().endsWith(".jar")) {
            try (JarFile jar = new JarFile(path.toFile())) {
                return Optional.ofNullable(jar.getManifest());
            }
        }
        Path file = path.resolve("META-INF/MANIFEST.MF");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new Manifest(in));
        }
    }

    /**
     * Of {@code …/group/as/folders/artifact/version/artifact-version.jar}, or of a module's target.
     */
    private static String artifact(Path path) {
        Path target = path.getParent();
        if (target.getFileName().toString().equals("target")) {
            return "io.trinity/" + target.getParent().getFileName();
        }
        Path artifact = target.getParent();
        String group = artifact.getParent().toString().replace(File.separatorChar, '.');
        return group + "/" + artifact.getFileName();
    }

    /** The group of a class path entry begins somewhere in the path of the local repository. */
    private static String symbolicName(Map<String, String> names, String artifact) {
        return names.entrySet().stream()
                .filter(n -> n.getKey().equals(artifact) || n.getKey().endsWith("." + artifact))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(artifact + " is not in the distribution"));
    }

    @Test
    void theyAreWhatKarafsSchemaAsksFor() throws Exception {
        validate(filled());
        // The schema is really asked:
        assertThrows(SAXException.class, () -> validate(filled().replace("<bundle ", "<bundel ")));
    }

    @Test
    void theyHoldTheDistributionsBundlesButForThoseThatKarafBrings() throws IOException {
        Map<String, String> names = symbolicNames();
        Set<String> listed = new TreeSet<>(KARAF_BRINGS);
        listed.addAll(NOT_FOR_KARAF);
        Map<String, String> run = runBundles();
        artifacts("trinity")
                .forEach(
                        (artifact, version) -> {
                            String name = symbolicName(names, artifact);
                            assertTrue(listed.add(name), name + " is brought by Karaf");
                            if (!artifact.startsWith("io.trinity/")) {
                                assertEquals(run.get(name), version, artifact);
                            }
                        });
        assertEquals(run.keySet(), listed);
    }

    @Test
    void ourOwnBundlesAreOfTheBuildsVersion() {
        assertFalse(filled().contains("@"), "something is not filled in");
        for (String feature : Set.of("trinity", "trinity-healthcheck")) {
            assertEquals(VERSION, feature(feature).getAttribute("version"));
            artifacts(feature)
                    .forEach(
                            (artifact, version) ->
                                    assertEquals(
                                            artifact.startsWith("io.trinity/"),
                                            version.equals(VERSION),
                                            artifact));
        }
        assertTrue(artifacts("trinity-healthcheck").containsKey("io.trinity/healthcheck"));
    }
}
