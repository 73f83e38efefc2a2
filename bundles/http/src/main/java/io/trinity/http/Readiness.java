package io.trinity.http;

import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.plugin.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the host can be given work: it is up, what plugins the last run left serve again or have
 * told why not, and no pipeline is held up. A plugin that fails, or is being replaced, makes a host
 * no less ready; the stage that a pipeline waits for does. Pure.
 *
 * @param reasons why it is not; empty where it is
 */
record Readiness(List<Reason> reasons) {
    /**
     * One reason.
     *
     * @param what {@code host}, {@code configuration}, or {@code pipeline NAME}
     * @param code of the error; empty while something is only not up yet
     * @param since by the machine's clock; empty where that is not known
     * @param forMillis how long it has lasted, by a clock that nobody sets; 0 where that is not
     *     known
     */
    record Reason(
            String what, String code, String message, Optional<Instant> since, long forMillis) {}

    Readiness {
        reasons = List.copyOf(reasons);
    }

    /**
     * Decides.
     *
     * @param starting what the host still waits for at its start; empty once it was up
     * @param unread configurations of which nobody knows what they say, each with its reason
     */
    static Readiness of(
            Optional<String> starting, List<String> unread, List<PipelineStatus> pipelines) {
        List<Reason> reasons = new ArrayList<>();
        starting.ifPresent(
                what ->
                        reasons.add(
                                new Reason(
                                        "host",
                                        "",
                                        "it is starting: " + what,
                                        Optional.empty(),
                                        0)));
        for (String file : unread) {
            reasons.add(
                    new Reason(
                            "configuration",
                            ErrorCode.CONFIG_INVALID.name(),
                            file,
                            Optional.empty(),
                            0));
        }
        for (PipelineStatus p : pipelines) {
            p.trouble()
                    .ifPresent(
                            t ->
                                    reasons.add(
                                            new Reason(
                                                    "pipeline " + p.name(),
                                                    t.code().name(),
                                                    t.message(),
                                                    Optional.of(t.since()),
                                                    t.lastingMillis())));
        }
        return new Readiness(reasons);
    }

    boolean isReady() {
        return reasons.isEmpty();
    }

    /** For JSON. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", isReady() ? "ready" : "not ready");
        List<Map<String, Object>> all = new ArrayList<>();
        for (Reason r : reasons) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("what", r.what());
            if (!r.code().isEmpty()) {
                one.put("code", r.code());
                r.since()
                        .ifPresent(
                                at -> {
                                    one.put("since", at.toString());
                                    one.put("forMillis", r.forMillis());
                                });
            }
            one.put("message", r.message());
            all.add(one);
        }
        fields.put("reasons", all);
        return fields;
    }
}
