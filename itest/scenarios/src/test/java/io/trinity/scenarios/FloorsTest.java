package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * The built bundles against docs/floors.txt: a package may be imported from a floor below only, and
 * a service required from above only where the map names it.
 */
public class FloorsTest {
    /** What one bundle says of itself. */
    private record House(
            String name,
            Set<String> exports,
            Set<String> imports,
            Set<String> provides,
            Set<String> requires) {}

    private static final Pattern SERVICE =
            Pattern.compile("\\(objectClass=(io\\.trinity[\\w.]+)\\)");
    private static final Pattern OFFERED = Pattern.compile("objectClass:List<String>=\"([^\"]+)\"");

    private static final Map<String, Integer> FLOORS = new HashMap<>();
    private static final Set<String> UPWARD = new HashSet<>();
    private static final List<House> HOUSES = new ArrayList<>();

    @BeforeClass
    public static void readTheMapAndTheHouses() throws IOException {
        Path map = Path.of(System.getProperty("trinity.root"), "docs/floors.txt");
        for (String line : Files.readAllLines(map)) {
            String[] words = line.trim().split("\\s+");
            if (words[0].equals("floor")) {
                int floor = Integer.parseInt(words[1].replace(":", ""));
                for (int i = 2; i < words.length; i++) {
                    FLOORS.put(words[i], floor);
                }
            } else if (words[0].equals("service-up")) {
                UPWARD.add(words[1] + " -> " + words[3]);
            }
        }
        Path bundles = Path.of(System.getProperty("trinity.distribution"), "bundles");
        try (Stream<Path> jars = Files.list(bundles)) {
            for (Path jar :
                    jars.filter(j -> j.getFileName().toString().startsWith("io.trinity"))
                            .toList()) {
                HOUSES.add(house(jar));
            }
        }
    }

    private static House house(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            var h = file.getManifest().getMainAttributes();
            Set<String> provided = new HashSet<>();
            Matcher offered = OFFERED.matcher(text(h.getValue("Provide-Capability")));
            while (offered.find()) {
                provided.addAll(List.of(offered.group(1).split(",")));
            }
            Set<String> required = new HashSet<>();
            Matcher needed = SERVICE.matcher(text(h.getValue("Require-Capability")));
            while (needed.find()) {
                required.add(needed.group(1));
            }
            return new House(
                    h.getValue("Bundle-SymbolicName"),
                    packages(h.getValue("Export-Package")),
                    packages(h.getValue("Import-Package")),
                    provided,
                    required);
        }
    }

    private static String text(String header) {
        return header == null ? "" : header;
    }

    private static Set<String> packages(String header) {
        Set<String> names = new TreeSet<>();
        // Quoted parts may hold commas and semicolons.
        for (String clause : text(header).replaceAll("\"[^\"]*\"", "").split(",")) {
            names.add(clause.split(";")[0].trim());
        }
        names.remove("");
        return names;
    }

    private static int floor(String bundle) {
        Integer floor = FLOORS.get(bundle);
        assertTrue(bundle + " is not on the map docs/floors.txt", floor != null);
        return floor;
    }

    @Test
    public void everyBundleIsOnTheMap() {
        assertTrue(HOUSES.size() >= 13);
        HOUSES.forEach(h -> floor(h.name()));
    }

    @Test
    public void noPackageIsImportedFromTheSameFloorOrAbove() {
        List<String> wrong = new ArrayList<>();
        for (House from : HOUSES) {
            for (House to : HOUSES) {
                for (String p : from.imports()) {
                    boolean up = from != to && to.exports().contains(p);
                    if (up && floor(to.name()) >= floor(from.name())) {
                        wrong.add(from.name() + " imports " + p + " from " + to.name());
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    public void aServiceFromAboveIsAWhiteboardThatTheMapNames() {
        List<String> wrong = new ArrayList<>();
        for (House from : HOUSES) {
            for (House to : HOUSES) {
                for (String s : from.requires()) {
                    boolean up =
                            from != to
                                    && to.provides().contains(s)
                                    && floor(to.name()) > floor(from.name());
                    if (up && !UPWARD.contains(from.name() + " -> " + s)) {
                        wrong.add(from.name() + " requires " + s + " of " + to.name());
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    public void onlyTheEngineAndGeneratedBundlesImportTheWebAssemblyEngine() {
        for (House h : HOUSES) {
            boolean imports = h.imports().stream().anyMatch(p -> p.startsWith("com.dylibso"));
            assertEquals(h.name(), h.name().equals("io.trinity.engine"), imports);
        }
    }

    @Test
    public void noAdapterKnowsAnother() {
        for (House h : HOUSES) {
            if (h.name().startsWith("io.trinity.adapter")) {
                assertTrue(
                        h.name(),
                        h.imports().stream().noneMatch(p -> p.startsWith("io.trinity.adapter")));
            }
        }
    }

    @Test
    public void pureBundlesKnowNothingOfTheFramework() {
        for (House h : HOUSES) {
            if (Set.of("io.trinity.vsa", "io.trinity.canonical.abi").contains(h.name())) {
                assertTrue(
                        h.toString(),
                        h.imports().stream().noneMatch(p -> p.startsWith("org.osgi")));
            }
        }
    }

    @Test
    public void theReadmeShowsTheSameFloors() throws IOException {
        Map<String, Integer> shown = new HashMap<>();
        Pattern row = Pattern.compile("\\| (\\d) \\| ([a-z, -]+) \\|");
        Path readme = Path.of(System.getProperty("trinity.root"), "README.md");
        for (String line : Files.readAllLines(readme)) {
            Matcher m = row.matcher(line);
            if (m.matches()) {
                for (String module : m.group(2).split(", ")) {
                    shown.put(
                            "io.trinity." + module.replace('-', '.'), Integer.valueOf(m.group(1)));
                }
            }
        }
        assertEquals(FLOORS, shown);
    }

    /** A name that says nothing is where unrelated things gather. */
    @Test
    public void noSourceHasANameThatSaysNothing() throws IOException {
        Pattern vague =
                Pattern.compile(
                        "(?i).*(/(util|common|core|helper|misc)/.*|(Utils?|Helpers?|Impl|Manager|Common|Misc)\\.java)");
        Path root = Path.of(System.getProperty("trinity.root"));
        List<Path> found = new ArrayList<>();
        for (String part : List.of("bundles", "wasm-bridge", "runtime-assembly", "itest")) {
            Files.walkFileTree(
                    root.resolve(part),
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            // What is made there comes and goes while other tests run.
                            return folder.endsWith("target")
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (vague.matcher(root.relativize(file).toString()).matches()
                                    && file.toString().endsWith(".java")) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
        assertEquals(List.of(), found);
    }
}
