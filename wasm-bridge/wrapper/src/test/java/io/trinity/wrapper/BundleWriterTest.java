package io.trinity.wrapper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class BundleWriterTest {
    private static final String JSON =
            "{\"manifest\":1,\"name\":\"lidar\",\"version\":\"1.2.0.beta\",\"type\":\"pipeline_stage\","
                + "\"dependencies\":[{\"name\":\"geometry\",\"version\":\"[1.0,2.0)\"}]}";
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private static byte[] bundle() {
        Manifest manifest =
                ManifestReader.read(PluginRef.named("f"), JSON.getBytes(StandardCharsets.UTF_8))
                        .manifest();
        ModuleInfo info =
                new ModuleInfo(
                        List.of(),
                        Map.of(),
                        true,
                        1,
                        65_536,
                        Map.of(Manifest.SECTION, JSON.getBytes(StandardCharsets.UTF_8)));
        CompiledModule code =
                new CompiledModule(
                        info,
                        new StrippedModule(
                                new byte[] {1, 2, 3}, "io.trinity.guest.code.Module", "b-1"),
                        new TreeMap<>(
                                Map.of(
                                        "io.trinity.guest.code.Module",
                                        new byte[] {4},
                                        "io.trinity.guest.code.A",
                                        new byte[] {5})));
        return BundleWriter.write(BundleWriter.symbolicName("lidar"), manifest, DIGEST, 3, code);
    }

    @Test
    void theSameInputGivesTheSameBytes() {
        assertArrayEquals(bundle(), bundle());
    }

    @Test
    void theHeadersSayWhatTheFrameworkNeeds() throws IOException {
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bundle()))) {
            var h = jar.getManifest().getMainAttributes();
            assertEquals("io.trinity.plugin.lidar", h.getValue("Bundle-SymbolicName"));
            assertEquals("1.2.0.beta-sha-0123456789abcdef-g3", h.getValue("Bundle-Version"));
            assertEquals(PluginActivator.class.getName(), h.getValue("Bundle-Activator"));
            assertEquals(
                    "io.trinity.plugin;name=lidar;version:Version=\"1.2.0.beta\";type=pipeline_stage",
                    h.getValue("Provide-Capability"));
            assertEquals(
                    "io.trinity.codegen;filter:=\"(build=b-1)\",io.trinity.plugin;filter:=\""
                        + "(&(name=geometry)(&(version>=1.0.0)(!(version>=2.0.0))))\";effective:=active",
                    h.getValue("Require-Capability"));
        }
    }

    @Test
    void itHoldsModuleManifestAndClassesWithoutCompressionAndWithAFixedTime() throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle()))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                names.add(e.getName());
                assertEquals(ZipEntry.STORED, e.getMethod());
                assertEquals(1980, e.getTimeLocal().getYear());
            }
        }
        assertEquals(
                List.of(
                        "META-INF/MANIFEST.MF",
                        "META-INF/trinity/manifest.json",
                        "module.wasm",
                        "io/trinity/guest/code/A.class",
                        "io/trinity/guest/code/Module.class"),
                names);
    }

    @Test
    void aLocationIsReadBackAndOthersAreNot() {
        BundleLocation l = new BundleLocation("lidar", 3, DIGEST);
        assertEquals(l, BundleLocation.parse(l.toString()).orElseThrow());
        assertTrue(BundleLocation.parse("file:/x/lidar.jar").isEmpty());
        assertTrue(BundleLocation.parse("wasm:lidar/x#" + DIGEST).isEmpty());
    }

    @Test
    void packingReplacesAManifestThatIsThereAndIsTheSameTwice() {
        byte[] json = JSON.getBytes(StandardCharsets.UTF_8);
        byte[] empty = {0, 'a', 's', 'm', 1, 0, 0, 0};
        byte[] once = ModulePacker.pack(empty, json);
        assertArrayEquals(once, ModulePacker.pack(once, json));
        String text = new String(once, StandardCharsets.UTF_8);
        assertTrue(text.contains("trinity:manifest" + JSON), text);
    }

    @Test
    void onlyAModuleCanBePacked() {
        byte[] json = JSON.getBytes(StandardCharsets.UTF_8);
        byte[] component = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};
        byte[] cut = {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 5, 0};
        assertEquals(ErrorCode.MODULE_MALFORMED, refused(new byte[] {1}, json));
        assertEquals(ErrorCode.MODULE_COMPONENT, refused(component, json));
        assertEquals(ErrorCode.MODULE_MALFORMED, refused(cut, json));
        assertEquals(
                ErrorCode.MANIFEST_INVALID,
                refused(component, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    private static ErrorCode refused(byte[] module, byte[] json) {
        return assertThrows(PluginException.class, () -> ModulePacker.pack(module, json)).code();
    }
}
