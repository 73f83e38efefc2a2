package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.manifest.Manifest.HookDeclaration;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.reload.CheckReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class PluginCheckTest {
    private static final Path FILE = Path.of("/p/resize.wasm");

    private static final Manifest MANIFEST =
            new Manifest(
                    new Version(0, 1, 0),
                    "resize",
                    new Version(1, 2, 0),
                    Optional.of(ExtensionType.PIPELINE_STAGE),
                    "",
                    "",
                    "",
                    List.of(new CapabilityNeed(Capability.NETWORK, true, "")),
                    List.of(new HookDeclaration(HookPoint.POST_CHUNK, "", 500, false)),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    1,
                    1,
                    Optional.empty(),
                    Map.of(),
                    List.of());

    @Test
    void theFactsTheWarningsAndTheVerdictAreTold() {
        assertEquals(
                """
                  plugin           resize 1.2.0
                  type             pipeline_stage
                  contract         0.1.0
                  capabilities     network (high risk, optional)
                  hooks            post_chunk at 500
                  batch, instances 1, 1
                  warning          large data segment
                resize.wasm: would load
                """,
                CheckText.of(
                        FILE,
                        new CheckReport(
                                Optional.of(MANIFEST),
                                List.of("large data segment"),
                                Optional.empty())));
    }

    @Test
    void aFileWithoutAManifestHasAVerdictAllTheSame() {
        CheckReport report =
                new CheckReport(
                        Optional.empty(),
                        List.of(),
                        Optional.of(new Fault(ErrorCode.MODULE_MALFORMED, "plugin 'x': no")));
        assertEquals("resize.wasm: would not load\n", CheckText.of(FILE, report));
        String json = Json.write(CheckText.fields(FILE, report));
        assertTrue(json.contains("\"wouldLoad\" : false"), json);
        assertTrue(json.contains("\"code\" : \"MODULE_MALFORMED\""), json);
    }
}
