package io.trinity.wrapper;

import static io.trinity.wrapper.JsonField.CONTENT_TYPE;
import static io.trinity.wrapper.JsonField.NAME;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.contract.Contract;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.manifest.Manifest.Dependency;
import io.trinity.api.manifest.Manifest.HookDeclaration;
import io.trinity.api.manifest.Manifest.Modality;
import io.trinity.api.manifest.Manifest.Setting;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Reads manifests: UTF-8 JSON as {@code manifest.schema.json} describes it. Unknown fields are
 * warned of, everything else that does not fit is MANIFEST_INVALID with the field's path. Pure;
 * thread-safe.
 */
public final class ManifestReader {
    /** Most bytes of a manifest. */
    public static final int MAX_BYTES = 256 << 10;

    private static final JSON PARSER =
            JSON.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(16)
                                                    .maxStringLength(16_384)
                                                    .maxNameLength(1_024)
                                                    .maxNumberLength(64)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private ManifestReader() {}

    /**
     * A manifest and what was odd about it.
     *
     * @param warnings fields that nobody knows
     */
    public record Reading(Manifest manifest, List<String> warnings) {
        public Reading {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Reads the manifest of a module.
     *
     * @param who the file, for errors before the name is known
     * @throws PluginException MANIFEST_MISSING, MANIFEST_INVALID, CONTRACT_VERSION
     */
    public static Reading of(PluginRef who, ModuleInfo module) {
        byte[] json =
                module.customSection(Manifest.SECTION)
                        .orElseThrow(
                                () ->
                                        PluginException.of(
                                                ErrorCode.MANIFEST_MISSING,
                                                who,
                                                "no custom section '" + Manifest.SECTION + "'",
                                                "embed one, or add it with: tri pack MODULE"
                                                    + " MANIFEST; the shortest that works is"
                                                    + " {\"manifest\": 1, \"name\": \"my-plugin\","
                                                    + " \"version\": \"1.0.0\", \"type\":"
                                                    + " \"pipeline_stage\"}"));
        return read(who, json);
    }

    /**
     * Reads a manifest.
     *
     * @param who the file, for errors before the name is known
     * @param json the bytes of the section
     * @throws PluginException MANIFEST_INVALID, CONTRACT_VERSION
     */
    public static Reading read(PluginRef who, byte[] json) {
        ManifestWarnings warnings = new ManifestWarnings();
        JsonField root = JsonField.root(who, warnings, parse(who, json));
        long format = root.required("manifest").integer(1, Long.MAX_VALUE);
        if (format != 1) {
            throw root.required("manifest").wrong("1, the only format that this host reads");
        }
        Version contract = contract(root.optional("contract"));
        String name = root.required("name").ownName();
        Version version = root.required("version").version();
        Optional<ExtensionType> type = root.optional("type").map(ManifestReader::type);
        List<HookDeclaration> hooks = root.list("hooks", 1000, ManifestReader::hook);
        if (type.isEmpty() && hooks.isEmpty()) {
            throw root.wrong("a 'type', or 'hooks' for a plugin that only hooks");
        }
        Optional<Modality> modality = root.optional("modality").map(ManifestReader::modality);
        Optional<String> contentType = root.optional("content-type").map(f -> f.text(CONTENT_TYPE));
        if (type.equals(Optional.of(ExtensionType.MODALITY_HANDLER)) && modality.isEmpty()) {
            throw root.wrong("'modality', which a modality_handler must have");
        }
        if (type.equals(Optional.of(ExtensionType.METRIC_COLLECTOR)) && contentType.isEmpty()) {
            throw root.wrong("'content-type', which a metric_collector must have");
        }
        int instances = root.optional("instances").map(f -> (int) f.integer(1, 16)).orElse(1);
        Optional<Long> stateVersion =
                root.optional("state-version").map(f -> f.integer(1, 4_294_967_295L));
        if (stateVersion.isPresent() && instances != 1) {
            throw root.required("instances").wrong("1, because the plugin keeps state");
        }
        List<CapabilityNeed> needs = root.list("capabilities", 16, ManifestReader::need);
        List<Dependency> dependencies = root.list("dependencies", 1000, ManifestReader::dependency);
        Map<String, Setting> config =
                root.optional("config").map(SettingsField::settings).orElse(Map.of());
        String description = root.optional("description").map(f -> f.text(500)).orElse("");
        String author = root.optional("author").map(f -> f.text(200)).orElse("");
        String license = root.optional("license").map(f -> f.text(200)).orElse("");
        List<String> provides = root.list("provides", 32, f -> f.text(JsonField.LABEL));
        int batch = root.optional("batch").map(f -> (int) f.integer(1, 64)).orElse(1);
        // All fields have been asked for.
        root.warnOfUnknown();
        Manifest manifest =
                new Manifest(
                        contract,
                        name,
                        version,
                        type,
                        description,
                        author,
                        license,
                        needs,
                        hooks,
                        dependencies,
                        provides,
                        modality,
                        contentType,
                        batch,
                        instances,
                        stateVersion,
                        config,
                        warnings.list());
        return new Reading(manifest, warnings.list());
    }

    private static Map<String, Object> parse(PluginRef who, byte[] json) {
        if (json.length > MAX_BYTES) {
            throw invalid(who, "is " + json.length + " bytes long, more than " + MAX_BYTES);
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
            // A reader, because Jackson would guess other encodings from bytes.
            try (JsonParser p =
                    ((JsonFactory) PARSER.getStreamingFactory())
                            .createParser(
                                    new InputStreamReader(
                                            new ByteArrayInputStream(json),
                                            StandardCharsets.UTF_8))) {
                p.nextToken();
                if (!p.isExpectedStartObjectToken()) {
                    throw invalid(who, "is not a JSON object");
                }
                Map<String, Object> map = PARSER.mapFrom(p);
                if (p.nextToken() != null) {
                    throw invalid(who, "has something after its closing brace");
                }
                return map;
            }
        } catch (CharacterCodingException e) {
            throw invalid(who, "is not UTF-8");
        } catch (JsonProcessingException e) {
            // Exceeded constraints come without a place.
            @Nullable JsonLocation at = e.getLocation();
            String place =
                    at == null ? "" : " at line " + at.getLineNr() + " column " + at.getColumnNr();
            throw invalid(who, "is not JSON: " + JsonField.excerpt(e.getOriginalMessage()) + place);
        } catch (NumberFormatException e) {
            // Of an exponent with so many digits that nothing holds it.
            throw invalid(who, "has a number that is out of range");
        } catch (IOException e) {
            throw invalid(who, "is not JSON: " + JsonField.excerpt(String.valueOf(e.getMessage())));
        }
    }

    private static PluginException invalid(PluginRef who, String what) {
        return PluginException.of(
                ErrorCode.MANIFEST_INVALID,
                who,
                "the manifest " + what,
                "see docs/plugin-author.md");
    }

    private static Version contract(Optional<JsonField> field) {
        if (field.isEmpty()) {
            return new Version(Contract.VERSION.getMajor(), Contract.VERSION.getMinor(), 0);
        }
        JsonField f = field.get();
        Version asked = new Version(f.text(JsonField.CONTRACT));
        if (asked.getMajor() != Contract.VERSION.getMajor()
                || asked.getMinor() > Contract.VERSION.getMinor()) {
            throw PluginException.of(
                    ErrorCode.CONTRACT_VERSION,
                    f.who(),
                    "it follows trinity:plugin %s.%s; this host serves %s"
                            .formatted(asked.getMajor(), asked.getMinor(), Contract.VERSION),
                    "build it against %s.%s or use a newer host"
                            .formatted(Contract.VERSION.getMajor(), Contract.VERSION.getMinor()));
        }
        return asked;
    }

    private static ExtensionType type(JsonField f) {
        return ExtensionType.byLabel(f.text(64))
                .orElseThrow(
                        () ->
                                f.wrong(
                                        "the name of a type, such as "
                                                + ExtensionType.PIPELINE_STAGE));
    }

    private static CapabilityNeed need(JsonField f) {
        if (f.isText()) {
            return new CapabilityNeed(capability(f), false, "");
        }
        JsonField o = f.object();
        CapabilityNeed need =
                new CapabilityNeed(
                        capability(o.required("name")),
                        o.optional("optional").map(JsonField::bool).orElse(false),
                        o.optional("why").map(w -> w.text(200)).orElse(""));
        o.warnOfUnknown();
        return need;
    }

    private static Capability capability(JsonField f) {
        return Capability.byLabel(f.text(64))
                .orElseThrow(() -> f.wrong(f.oneOf(Capability.values(), Capability::label)));
    }

    private static HookDeclaration hook(JsonField f) {
        JsonField o = f.object();
        JsonField p = o.required("point");
        HookPoint point =
                HookPoint.byLabel(p.text(64))
                        .orElseThrow(() -> p.wrong(p.oneOf(HookPoint.values(), HookPoint::label)));
        Optional<JsonField> name = o.optional("name");
        if (point == HookPoint.CUSTOM && name.isEmpty()) {
            throw o.wrong("a 'name', which a custom hook must have");
        }
        if (point != HookPoint.CUSTOM && name.isPresent()) {
            throw name.get().wrong("no 'name', which only custom hooks have");
        }
        boolean required = o.optional("required").map(JsonField::bool).orElse(false);
        if (required && !point.answers()) {
            throw o.required("required")
                    .wrong("false: nothing goes on after %s anyway".formatted(point.label()));
        }
        HookDeclaration wish =
                new HookDeclaration(
                        point,
                        name.map(JsonField::ownName).orElse(""),
                        o.optional("priority").map(v -> (int) v.integer(100, 1000)).orElse(500),
                        required);
        o.warnOfUnknown();
        return wish;
    }

    private static Dependency dependency(JsonField f) {
        JsonField o = f.object();
        Dependency dependency =
                new Dependency(
                        o.required("name").text(NAME),
                        o.optional("version")
                                .map(JsonField::range)
                                .orElse(new VersionRange("0.0.0")));
        o.warnOfUnknown();
        return dependency;
    }

    private static Modality modality(JsonField f) {
        JsonField o = f.object();
        List<String> types = o.list("content-types", 16, t -> t.text(CONTENT_TYPE));
        if (types.isEmpty()) {
            throw o.wrong("at least one of 'content-types'");
        }
        Modality modality = new Modality(o.required("name").ownName(), types);
        o.warnOfUnknown();
        return modality;
    }
}
