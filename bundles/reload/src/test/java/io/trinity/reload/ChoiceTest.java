package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.reload.Choice.Candidate;
import io.trinity.reload.Choice.Served;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class ChoiceTest {
    private static final Optional<Served> NONE = Optional.empty();

    private static Candidate file(String name, String version) {
        return new Candidate(name, name + version, new Version(version), false);
    }

    private static Candidate refused(String name, String version) {
        return new Candidate(name, name + version, new Version(version), true);
    }

    private static Optional<Served> served(String name, String version, boolean stands) {
        return Optional.of(new Served(name, name + version, stands));
    }

    private static Choice choose(Optional<Served> served, Candidate... files) {
        return Choice.of(List.of(files), served, false, false);
    }

    @Test
    void aNewFileIsLoadedAndThenServes() {
        assertEquals(new Choice.Load("a"), choose(NONE, file("a", "1")));
        assertEquals(new Choice.Serve("a"), choose(served("a", "1", true), file("a", "1")));
    }

    @Test
    void theHigherVersionTakesOverWhicheverFileItLiesIn() {
        Candidate one = file("a-1", "1");
        Candidate two = file("a-2", "2");
        assertEquals(new Choice.Load("a-2"), choose(served("a-1", "1", true), one, two));
        assertEquals(new Choice.Serve("a-2"), choose(served("a-2", "2", true), one, two));
    }

    @Test
    void ofEqualVersionsTheOneThatServesStays() {
        Candidate a = file("a", "1");
        Candidate b = file("b", "1");
        assertEquals(new Choice.Serve("b"), choose(served("b", "1", true), a, b));
        assertEquals(new Choice.Load("a"), choose(NONE, b, a));
    }

    @Test
    void aFileThatWasRefusedStandsInNobodysWay() {
        assertEquals(new Choice.Load("a"), choose(NONE, refused("b", "2"), file("a", "1")));
        assertEquals(
                new Choice.Serve("a"),
                choose(served("a", "1", true), refused("b", "2"), file("a", "1")));
        assertEquals(new Choice.Refused("b"), choose(NONE, refused("b", "2"), refused("a", "1")));
    }

    @Test
    void aFileThatOnlyHasAnotherNameIsTakenAsItIs() {
        Candidate moved = new Candidate("b", "a1", new Version("1"), false);
        assertEquals(new Choice.Serve("b"), choose(served("a", "1", false), moved));
    }

    @Test
    void whatServesGoesOnAsLongAsAnyFileStandsForIt() {
        assertEquals(new Choice.GoOn("a"), choose(served("a", "1", true)));
        assertEquals(new Choice.GoOn("a"), choose(served("a", "1", true), refused("a", "2")));
        assertEquals(new Choice.GoOn("b"), choose(served("a", "1", false), refused("b", "2")));
        assertEquals(new Choice.Gone(), choose(served("a", "1", false)));
        assertEquals(new Choice.Gone(), choose(NONE));
    }

    @Test
    void whatIsOffIsNotLoadedWhateverItsFileSays() {
        assertEquals(new Choice.Off("a"), Choice.of(List.of(file("a", "2")), NONE, true, false));
        assertEquals(
                new Choice.Off("a"),
                Choice.of(List.of(file("a", "2")), served("a", "1", true), true, true));
        assertEquals(new Choice.Gone(), Choice.of(List.of(), NONE, true, false));
    }

    @Test
    void whatServesIsLoadedAnewOnDemand() {
        assertEquals(
                new Choice.Load("a"),
                Choice.of(List.of(file("a", "1")), served("a", "1", true), false, true));
    }
}
