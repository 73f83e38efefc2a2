package io.trinity.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.trinity.http.Exposition.Body;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScrapesTest {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicLong now = new AtomicLong(-5);
    private final Scrapes scrapes =
            new Scrapes(
                    accept -> new Body(200, accept, new byte[made.incrementAndGet()]), now::get);

    @Test
    void anAnswerIsSharedWhileItIsFreshAndSomebodyIsAnswered() throws IOException {
        try (Scrapes.Turn slow = scrapes.enter();
                Scrapes.Turn other = scrapes.enter()) {
            Body first = slow.body("");
            assertSame(first, other.body("text/plain"));
            assertNotSame(first, other.body("application/openmetrics-text; version=1.0.0"));
            now.addAndGet(Scrapes.FRESH_NANOS - 1);
            assertSame(first, other.body(""));
            now.addAndGet(1);
            assertNotSame(first, other.body(""));
        }
        assertEquals(3, made.get());
        try (Scrapes.Turn next = scrapes.enter()) {
            next.body("");
        }
        assertEquals(4, made.get());
    }

    @Test
    void noMoreThanFourAreInAtOnce() {
        List<Scrapes.Turn> in = new ArrayList<>();
        for (int i = 0; i < Scrapes.MAX_AT_ONCE; i++) {
            in.add(scrapes.enter());
        }
        assertNull(scrapes.enter());
        in.get(0).close();
        in.set(0, scrapes.enter());
        assertNull(scrapes.enter());
        in.forEach(Scrapes.Turn::close);
        assertEquals(0, scrapes.now());
    }
}
