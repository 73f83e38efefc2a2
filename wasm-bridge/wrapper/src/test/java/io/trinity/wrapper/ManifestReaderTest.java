package io.trinity.wrapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.trinity.api.contract.Contract;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.text.Escaped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    private static final PluginRef FILE = PluginRef.named("x.wasm");
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Contract.manifestSchema());

    private static ManifestReader.Reading read(String json) {
        return ManifestReader.read(FILE, json.getBytes(StandardCharsets.UTF_8));
    }

    private static PluginException refused(String json) {
        return assertThrows(PluginException.class, () -> read(json), json);
    }

    @Test
    void theShortestManifestThatTheRefusalShowsIsAccepted() {
        Manifest m =
                read("{\"manifest\": 1, \"name\": \"my-plugin\", \"version\": \"1.0.0\","
                                + " \"type\": \"pipeline_stage\"}")
                        .manifest();
        assertEquals("my-plugin", m.name());
        assertEquals(Optional.of(ExtensionType.PIPELINE_STAGE), m.type());
        assertEquals(1, m.batch());
        assertEquals(1, m.instances());
    }

    @Test
    void everyFieldOfTheContractsExampleIsRead() {
        ManifestReader.Reading r =
                read(
                        """
                        { "manifest": 1, "contract": "0.1", "name": "lidar", "version": "1.2.0",
                          "type": "modality_handler", "description": "d", "author": "a", "license": "MIT",
                          "modality": { "name": "lidar", "content-types": ["application/vnd.pcd"] },
                          "capabilities": ["vsa_ops", { "name": "network", "optional": true, "why": "map tiles" }],
                          "hooks": [{ "point": "post_chunk", "priority": 400, "required": true },
                                    { "point": "custom", "name": "ping" }],
                          "dependencies": [{ "name": "geometry", "version": "[1.0,2.0)" }],
                          "config": { "range-m": { "type": "number", "default": 120 },
                                      "big": { "type": "integer", "default": 12345678901234567890 },
                                      "half": { "type": "number", "default": 0.5 },
                                      "on": { "type": "boolean", "default": true } } }
                        """);
        assertEquals(List.of(), r.warnings());
        Manifest m = r.manifest();
        assertEquals(2, m.capabilities().size());
        assertTrue(m.capabilities().get(1).optional());
        assertEquals(400, m.hooks().get(0).priority());
        assertTrue(m.hooks().get(0).required());
        assertFalse(m.hooks().get(1).required());
        assertEquals(500, m.hooks().get(1).priority());
        assertEquals("[1.0.0,2.0.0)", m.dependencies().get(0).version().toString());
        assertEquals(Optional.of("120"), m.config().get("range-m").defaultValue());
        assertEquals(Optional.of("0.5"), m.config().get("half").defaultValue());
        assertEquals(Optional.of("true"), m.config().get("on").defaultValue());
        assertEquals(Optional.of("12345678901234567890"), m.config().get("big").defaultValue());
    }

    @Test
    void anUnknownFieldIsWarnedOfByItsPath() {
        ManifestReader.Reading reading =
                read(
                        "{\"manifest\":1,\"name\":\"a\",\"version\":\"1\",\"type\":\"pipeline_stage\","
                            + "\"colour\":1,\"hooks\":[{\"point\":\"on_error\",\"x\":1}]}");
        List<String> warnings = reading.warnings();
        assertEquals(warnings, reading.manifest().warnings());
        assertEquals(2, warnings.size());
        assertTrue(warnings.toString().contains("'hooks[0].x'"), warnings.toString());
        assertTrue(warnings.toString().contains("'colour'"), warnings.toString());
    }

    /**
     * What stands in the first column is put after name and version; the message must name the
     * field.
     */
    @ParameterizedTest(name = "{0} is refused naming {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\":7 | 'type' is 7, expected a string",
                "\"type\":\"pipeline-stage\" | expected the name of a type, such as pipeline_stage",
                "\"type\":\"pipeline_stage\",\"batch\":0 | 'batch' is 0, expected an integer from 1"
                        + " to 64",
                "\"type\":\"pipeline_stage\",\"batch\":1.5 | 'batch' is 1.5",
                "\"type\":\"pipeline_stage\",\"capabilities\":[\"root\"] | 'capabilities[0]' is"
                        + " 'root'",
                "\"type\":\"pipeline_stage\",\"capabilities\":{} | 'capabilities' is an object,"
                        + " expected a list",
                "\"type\":\"pipeline_stage\",\"dependencies\":[{\"name\":\"b\",\"version\":\"[1\"}]"
                        + " | 'dependencies[0].version' is '[1'",
                "\"hooks\":[{\"point\":\"custom\"}] | a 'name', which a custom hook must have",
                "\"hooks\":[{\"point\":\"on_error\",\"name\":\"x\"}] | 'hooks[0].name'",
                "\"hooks\":[{\"point\":\"on_error\",\"priority\":99}] | 'hooks[0].priority' is 99",
                "\"hooks\":[{\"point\":\"on_error\",\"required\":true}] | 'hooks[0].required'",
                "\"type\":\"modality_handler\" | 'modality'",
                "\"type\":\"metric_collector\" | 'content-type'",
                "\"type\":\"pipeline_stage\",\"state-version\":1,\"instances\":2 | 'instances' is"
                        + " 2, expected 1",
                "\"type\":\"pipeline_stage\",\"config\":{\"A\":{\"type\":\"string\"}} | 'config'",
                "\"type\":\"pipeline_stage\",\"config\":{\"a\":{\"type\":\"integer\",\"default\":1.5}}"
                    + " | 'config.a.default'",
                "\"description\":\"none\" | lacks a 'type'"
            })
    void aWrongFieldIsRefusedByItsPathAndWhatWasExpected(String fields, String message) {
        String json = "{\"manifest\":1,\"name\":\"a\",\"version\":\"1.0\"," + fields + "}";
        PluginException e = refused(json);
        assertEquals(ErrorCode.MANIFEST_INVALID, e.code());
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(
                !SCHEMA.validate(json, InputFormat.JSON).isEmpty(), "the schema accepts " + json);
    }

    @Test
    void aNumberThatWouldFillTheHeapAsTextIsRefused() {
        PluginException e =
                refused(
                        "{\"manifest\":1,\"name\":\"a\",\"version\":\"1\",\"type\":\"pipeline_stage\","
                            + "\"config\":{\"a\":{\"type\":\"number\",\"default\":1e999999}}}");
        assertTrue(e.getMessage().contains("config.a.default"), e.getMessage());
    }

    /** The parser itself has no place for such an exponent. */
    @ParameterizedTest
    @ValueSource(strings = {"1e88888888888888888888", "-1E-99999999999", "0.1e99999999999"})
    void aNumberWhoseExponentNothingHoldsIsRefused(String number) {
        for (String before : List.of("", "\"manifest\":1,")) {
            PluginException e = refused("{" + before + "\"unknown\":" + number + "}");
            assertEquals(ErrorCode.MANIFEST_INVALID, e.code());
            assertTrue(e.getMessage().contains("the manifest"), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}x",
                "null",
                "{\"a\":1,\"a\":2}",
                "{\"manifest\":2,\"name\":\"a\",\"version\":\"1\",\"type\":\"pipeline_stage\"}",
                "{\"manifest\":1,\"name\":\"A\",\"version\":\"1\",\"type\":\"pipeline_stage\"}",
                "{\"manifest\":1,\"name\":\"a\",\"version\":\"one\",\"type\":\"pipeline_stage\"}",
                "{\"manifest\":1,\"version\":\"1\",\"type\":\"pipeline_stage\"}"
            })
    void whatIsNoManifestIsRefused(String json) {
        assertEquals(ErrorCode.MANIFEST_INVALID, refused(json).code());
    }

    @Test
    void aDeeplyNestedManifestIsRefusedAndOverflowsNothing() {
        String json = "{\"manifest\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertEquals(ErrorCode.MANIFEST_INVALID, refused(json).code());
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] bytes = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
        PluginException e =
                assertThrows(PluginException.class, () -> ManifestReader.read(FILE, bytes));
        assertTrue(e.getMessage().contains("not UTF-8"), e.getMessage());
    }

    @Test
    void controlCharactersOfAManifestDoNotReachTheMessage() {
        PluginException e =
                refused("{\"manifest\":1,\"name\":\"a\\u001b[31m\\n\",\"version\":\"1\"}");
        assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"description\":\"X\"",
                "\"author\":\"X\"",
                "\"license\":\"X\"",
                "\"provides\":[\"a:X\"]",
                "\"capabilities\":[{\"name\":\"network\",\"why\":\"X\"}]",
                "\"config\":{\"k\":{\"type\":\"string\",\"default\":\"X\"}}",
                "\"config\":{\"k\":{\"type\":\"string\",\"description\":\"X\"}}",
                "\"modality\":{\"name\":\"m\",\"content-types\":[\"text/x;X\"]}",
                "\"content-type\":\"text/plain;X\"",
                "\"config\":{\"X\":{\"type\":\"string\"}}"
            })
    void aTextThatSteersATerminalOrBreaksALineIsRefusedWhereverItStands(String field) {
        for (String nasty :
                new String[] {
                    "\\n",
                    "\\t",
                    "\\u0007",
                    "\\u001b",
                    "\\u007f",
                    "\\u009b",
                    "\\u00ad",
                    "\\u202e",
                    "\\u2066",
                    "\\u200b",
                    "\\u2028",
                    "\\u2029",
                    "\\ufeff",
                    "\\ud800",
                    "\\ue000",
                    "\\udb40\\udc41",
                    "\\ufe0f",
                    "\\u034f",
                    "\\u3164",
                    "\\udb40\\udd00",
                    "    ",
                    "\\u00a0\\u2003\\u3000\\u2800",
                    "\\u0300\\u0301\\u0302\\u0303\\u0304"
                }) {
            String json =
                    "{\"manifest\":1,\"name\":\"a\",\"version\":\"1\",\"type\":\"pipeline_stage\","
                            + field.replace("X", "x" + nasty + "y")
                            + "}";
            PluginException e = refused(json);
            assertEquals(ErrorCode.MANIFEST_INVALID, e.code(), json);
            String named = field.substring(1).split("\"")[0];
            assertTrue(e.getMessage().contains("manifest field '" + named), e.getMessage());
            assertTrue(Escaped.isPlain(e.getMessage()), e.getMessage());
        }
        String plain =
                "{\"manifest\":1,\"name\":\"a\",\"version\":\"1\",\"type\":\"pipeline_stage\","
                        + field.replace("X", "x")
                        + "}";
        ManifestReader.read(FILE, plain.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "trinity",
                "jvm",
                "ho-st",
                "h-o-s-t",
                "trinity-",
                "j-v-m",
                "trinity-update"
            })
    void aNameOfTheHostsIsRefusedForWhateverThePluginNames(String name) {
        for (String manifest :
                new String[] {
                    "\"name\":\"X\",\"type\":\"storage_backend\"",
                    "\"name\":\"a\",\"hooks\":[{\"point\":\"custom\",\"name\":\"X\"}]",
                    "\"name\":\"a\",\"type\":\"modality_handler\",\"modality\":{\"name\":\"X\","
                            + "\"content-types\":[\"a/b\"]}"
                }) {
            PluginException e =
                    refused(
                            "{\"manifest\":1,\"version\":\"1\","
                                    + manifest.replace("X", name)
                                    + "}");
            assertEquals(ErrorCode.MANIFEST_INVALID, e.code());
            assertTrue(e.getMessage().contains("host, trinity and jvm"), e.getMessage());
            read("{\"manifest\":1,\"version\":\"1\"," + manifest.replace("X", "x" + name) + "}");
        }
    }

    @Test
    void ofManyUnknownFieldsAFewAreToldAndTheOthersCounted() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            many.append(",\"f").append(i).append("\":1");
        }
        List<String> warnings =
                read("{\"manifest\":1,\"version\":\"1\",\"name\":\"a\",\"type\":\"pipeline_stage\""
                                + many
                                + ",\"hooks\":[{\"point\":\"on_error\",\"x' plugin 'y\":1}]}")
                        .warnings();
        assertEquals(ManifestWarnings.MOST + 1, warnings.size());
        assertEquals(
                "manifest field 'hooks[0].x\\u{27} plugin \\u{27}y' is unknown", warnings.get(0));
        assertEquals("985 more manifest fields are unknown", warnings.get(ManifestWarnings.MOST));
    }

    @ParameterizedTest
    @CsvSource({"0.2", "1.0"})
    void aNewerContractIsRefusedWithBothVersions(String asked) {
        PluginException e =
                refused(
                        "{\"manifest\":1,\"name\":\"a\",\"version\":\"1\",\"type\":\"pipeline_stage\","
                            + "\"contract\":\""
                                + asked
                                + "\"}");
        assertEquals(ErrorCode.CONTRACT_VERSION, e.code());
        assertTrue(e.getMessage().contains(asked), e.getMessage());
        assertTrue(e.getMessage().contains("0.1.0"), e.getMessage());
    }
}
