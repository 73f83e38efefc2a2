package io.trinity.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
    private final List<String> problems = new ArrayList<>();

    @Test
    void withoutAPortItIsOff() {
        assertFalse(HttpSettings.read(Map.of(), HttpSettings.OFF, problems::add).isOn());
        assertEquals(List.of(), problems);
    }

    @Test
    void withAPortItListensOnLoopback() {
        assertEquals(
                new HttpSettings("127.0.0.1", 8080),
                HttpSettings.read(Map.of("port", "8080"), HttpSettings.OFF, problems::add));
    }

    @Test
    void whatIsNotValidIsToldAndLeavesTheLastGoodInEffect() {
        HttpSettings last = new HttpSettings("127.0.0.1", 8080);
        assertEquals(
                last,
                HttpSettings.read(Map.of("port", "80 80", "host", "a b\n"), last, problems::add));
        assertEquals(2, problems.size());
        assertEquals(last, HttpSettings.read(Map.of("port", "65536"), last, problems::add));
        assertEquals(3, problems.size());
    }
}
