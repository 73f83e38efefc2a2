package io.trinity.adapter.agent.behavior;

import io.trinity.api.agent.Letter;
import io.trinity.api.agent.Observation;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Window;
import io.trinity.canonical.abi.VariantValue;
import java.util.ArrayList;
import java.util.List;

/** Observations as WIT values. Source: {@code plugin.wit}, world agent-behavior. */
final class ObservationFields {
    private static final int STARTED = 0;
    private static final int RECEIVED = 1;
    private static final int FUSED = 2;
    private static final int WOKEN = 3;
    private static final int STOPPING = 4;

    private ObservationFields() {}

    static List<Object> of(List<Observation> seen) {
        List<Object> values = new ArrayList<>(seen.size());
        for (Observation o : seen) {
            values.add(of(o));
        }
        return values;
    }

    private static VariantValue of(Observation o) {
        if (o instanceof Observation.Started started) {
            return new VariantValue(STARTED, started.argument());
        }
        if (o instanceof Observation.Received received) {
            Letter letter = received.letter();
            return new VariantValue(
                    RECEIVED, new Object[] {letter.party(), letter.topic(), letter.body()});
        }
        if (o instanceof Observation.Fused fused) {
            return new VariantValue(FUSED, window(fused.window()));
        }
        return new VariantValue(o instanceof Observation.Woken ? WOKEN : STOPPING, null);
    }

    /** The vector goes as it is: the sandbox lends a handle, or 0. */
    private static Object[] window(Window w) {
        List<Object> notes = new ArrayList<>(w.notes().size());
        for (Chunk.Attribute note : w.notes()) {
            notes.add(new Object[] {note.name(), note.value()});
        }
        return new Object[] {
            w.key(), w.startNanos(), w.endNanos(), w.label(), w.confidence(), w.fused(), notes
        };
    }
}
