package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private static final Path FILE = Path.of("a.wasm");

    private final Set<Path> examining = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private final Waiters waiters = new Waiters(examining::contains, open::contains);
    private final List<String> answers = new ArrayList<>();

    @Test
    void whoHasNothingToWaitForIsAnsweredAtOnceAndOnce() {
        waiters.when(Optional.of(FILE), "alpha", () -> answers.add("one"));
        waiters.when(Optional.empty(), "alpha", () -> answers.add("two"));
        waiters.answer();

        assertEquals(List.of("one", "two"), answers);
    }

    @Test
    void theFileAndThePluginAreBothWaitedFor() {
        examining.add(FILE);
        open.add("alpha");
        waiters.when(Optional.of(FILE), "alpha", () -> answers.add("both"));
        waiters.when(Optional.empty(), "alpha", () -> answers.add("plugin"));
        examining.clear();
        waiters.answer();
        assertEquals(List.of(), answers);
        open.clear();
        waiters.answer();

        assertEquals(List.of("both", "plugin"), answers);
    }

    @Test
    void whoIsAnsweredMayAnswerOthersAndNobodyIsAnsweredTwice() {
        open.add("alpha");
        waiters.when(
                Optional.empty(),
                "alpha",
                () -> {
                    answers.add("one");
                    waiters.answer();
                });
        waiters.when(Optional.empty(), "alpha", () -> answers.add("two"));
        open.clear();
        waiters.answer();

        assertEquals(List.of("one", "two"), answers);
    }
}
