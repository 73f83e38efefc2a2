package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeWordsTest {
    @Test
    void anAddressInBracketsAndItsPortAreOneWordHoweverGogoReadsThem() {
        assertEquals(
                List.of("a.example:80", "[::1]:8080", "[fd00::A]:1"),
                ScopeWords.joined(
                        List.of("a.example:80", "[\"::1\"]", ":8080", "[fd00::A]", ":1")));
    }

    @Test
    void otherWordsStayAsTheyAre() {
        List<String> words = List.of("[::1]:8080", "/srv/maps", ":80", "[x]", "[\"::1\"]");
        assertEquals(words, ScopeWords.joined(words));
    }
}
