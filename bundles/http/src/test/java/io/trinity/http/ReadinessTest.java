package io.trinity.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.pipeline.PipelineState;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.pipeline.PipelineStatus.Counts;
import io.trinity.api.pipeline.PipelineStatus.Trouble;
import io.trinity.api.pipeline.PipelineStatus.Waiting;
import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static PipelineStatus pipeline(PipelineState state, Optional<Trouble> trouble) {
        return new PipelineStatus(
                "main",
                state,
                "/in",
                "/out",
                List.of(),
                List.of(),
                "",
                Counts.NONE,
                new Waiting(0, 64, 3, 5000, PipelineStatus.Left.NONE),
                trouble,
                Optional.empty());
    }

    @Test
    void pipelinesThatWorkOrHaveNothingToDoAreReady() {
        assertTrue(
                Readiness.of(
                                Optional.empty(),
                                List.of(),
                                List.of(
                                        pipeline(PipelineState.IDLE, Optional.empty()),
                                        pipeline(PipelineState.WORKING, Optional.empty())))
                        .isReady());
        assertTrue(Readiness.of(Optional.empty(), List.of(), List.of()).isReady());
    }

    @Test
    void aPipelineThatIsHeldUpIsNotReadyAndTheReasonIsTold() throws IOException {
        Trouble full = new Trouble(ErrorCode.STORE_FAILED, "no \"room\"\n", Instant.EPOCH, 1500);
        Readiness readiness =
                Readiness.of(
                        Optional.empty(),
                        List.of(),
                        List.of(pipeline(PipelineState.STUCK, Optional.of(full))));
        assertFalse(readiness.isReady());
        assertEquals(
                "{\"status\":\"not ready\",\"reasons\":[{\"what\":\"pipeline main\","
                    + "\"code\":\"STORE_FAILED\",\"since\":\"1970-01-01T00:00:00Z\",\"forMillis\":1500,\"message\":\"no"
                    + " \\\"room\\\"\\n"
                    + "\"}]}",
                JSON.std.asString(readiness.fields()));
    }

    @Test
    void aHostThatCannotReadWhatItIsToDoIsNotReady() throws IOException {
        assertEquals(
                "{\"status\":\"not ready\",\"reasons\":[{\"what\":\"configuration\","
                        + "\"code\":\"CONFIG_INVALID\",\"message\":\"conf/a.cfg:1: no\"}]}",
                JSON.std.asString(
                        Readiness.of(Optional.empty(), List.of("conf/a.cfg:1: no"), List.of())
                                .fields()));
    }

    @Test
    void aHostThatStartsIsNotReady() {
        assertEquals(
                "it is starting: plugins are being loaded",
                Readiness.of(Optional.of("plugins are being loaded"), List.of(), List.of())
                        .reasons()
                        .get(0)
                        .message());
    }

    @Test
    void threadsThatWaitForEachOtherOrAreGoneAreDead() {
        assertTrue(Liveness.of(List.of(), Set.of("a"), Set.of("a", "b")).isLive());
        assertEquals(
                List.of("threads wait for each other: x, y", "thread a is gone"),
                Liveness.of(List.of("x", "y"), Set.of("a"), Set.of("b")).reasons());
    }
}
