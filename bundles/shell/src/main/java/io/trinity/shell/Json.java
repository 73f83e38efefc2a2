package io.trinity.shell;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers of commands as JSON for programs; the field names are kept stable. What would steer a
 * terminal is escaped, as JSON has it.
 */
final class Json {
    private static final JSON PRETTY =
            JSON.std
                    .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                    .with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private static final JSON LINE = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private Json() {}

    /** Maps, lists, texts, numbers, booleans and nulls as JSON text. */
    static String write(Object value) {
        try {
            return Escaped.json(PRETTY.asString(value)) + "\n";
        } catch (IOException e) {
            throw new IllegalStateException("a value that JSON cannot carry: " + value, e);
        }
    }

    /** The same on one line, for answers that come one after the other. */
    static String line(Object value) {
        try {
            return Escaped.json(LINE.asString(value)) + "\n";
        } catch (IOException e) {
            throw new IllegalStateException("a value that JSON cannot carry: " + value, e);
        }
    }

    /** What {@code plugin:list} tells of a plugin. */
    static Map<String, @Nullable Object> plugin(PluginSnapshot p) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", p.name());
        fields.put("version", p.version().toString());
        fields.put("type", p.type().map(t -> t.label()).orElse(null));
        fields.put("state", p.state().label());
        fields.put("generation", p.generation());
        fields.put("bundle", p.bundleId());
        fields.put("memoryBytes", p.memoryBytes());
        fields.put("calls", p.calls());
        fields.put("failures", p.failures());
        fields.put("averageCallMicros", Math.round(p.averageCallMicros() * 10) / 10.0);
        fields.put("error", p.error().map(Json::fault).orElse(null));
        fields.put("disabled", p.disabled());
        fields.put("warnings", p.warnings());
        return fields;
    }

    /** An error with its code. */
    static Map<String, @Nullable Object> fault(Fault fault) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("code", fault.code().name());
        fields.put("message", fault.message());
        return fields;
    }
}
