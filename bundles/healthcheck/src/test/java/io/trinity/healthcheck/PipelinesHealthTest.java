package io.trinity.healthcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.pipeline.PipelineState;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.pipeline.PipelineStatus.Counts;
import io.trinity.api.pipeline.PipelineStatus.Trouble;
import io.trinity.api.pipeline.PipelineStatus.Waiting;
import io.trinity.api.plugin.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.Test;

class PipelinesHealthTest {
    private static PipelineStatus status(PipelineState state, Optional<Trouble> trouble) {
        return new PipelineStatus(
                "main",
                state,
                "/i",
                "/o",
                List.of(),
                List.of(),
                "",
                Counts.NONE,
                new Waiting(0, 64, 2, 1500, PipelineStatus.Left.NONE),
                trouble,
                Optional.empty());
    }

    private static Status health(PipelineState state) {
        return PipelinesHealth.of(List.of(status(state, Optional.empty()))).getStatus();
    }

    @Test
    void aPipelineThatIsStuckIsCriticalAndSaysWhySinceWhenAndWhatWaits() {
        Trouble full = new Trouble(ErrorCode.STORE_FAILED, "disk full", Instant.EPOCH, 5);
        var result = PipelinesHealth.of(List.of(status(PipelineState.STUCK, Optional.of(full))));
        assertEquals(Status.CRITICAL, result.getStatus());
        String told = result.toString();
        assertTrue(
                told.contains(
                        "STORE_FAILED since 1970-01-01T00:00:00Z: disk full; 2 inputs wait, the"
                                + " oldest for 1500 ms"),
                told);
    }

    @Test
    void eachStateHasItsRank() {
        assertEquals(Status.OK, health(PipelineState.IDLE));
        assertEquals(Status.OK, health(PipelineState.WORKING));
        assertEquals(Status.WARN, health(PipelineState.VETOED));
        assertEquals(Status.TEMPORARILY_UNAVAILABLE, health(PipelineState.WAITING));
        assertEquals(Status.CRITICAL, health(PipelineState.REFUSED));
        assertEquals(Status.OK, PipelinesHealth.of(List.of()).getStatus());
    }
}
