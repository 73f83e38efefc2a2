package io.trinity.pipeline;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why an input failed.
 *
 * @param result under which its summary was put into the outbox; empty where none was
 * @param stamp of that summary, by which it is known again
 */
record Fate(Fault fault, Instant at, String result, String stamp) {
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", fault.code().name());
        fields.put("message", fault.message());
        fields.put("at", at.toString());
        fields.put("result", result);
        fields.put("stamp", stamp);
        return fields;
    }

    static Fate of(Map<String, ?> fields) {
        return new Fate(
                new Fault(
                        ErrorCode.valueOf(String.valueOf(fields.get("code"))),
                        String.valueOf(fields.get("message"))),
                Instant.parse(String.valueOf(fields.get("at"))),
                String.valueOf(fields.get("result")),
                String.valueOf(fields.get("stamp")));
    }
}
