package io.trinity.api.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AskerTest {
    @Test
    void isKnownOnTheThreadAndOnThoseThatItMakesUntilTheWorkIsDone() throws Exception {
        CompletableFuture<String> inherited = new CompletableFuture<>();
        Asker.run(
                "user:me",
                () -> {
                    assertEquals("user:me", Asker.now());
                    new Thread(() -> inherited.complete(Asker.now())).start();
                    assertEquals("user:me", inherited.join());
                });
        assertEquals(Asker.HOST, Asker.now());
    }

    @Test
    void isRestoredWhenTheWorkFails() {
        Asker.run(
                "outer",
                () -> {
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    Asker.call(
                                            "inner",
                                            () -> {
                                                throw new IllegalStateException("it fails");
                                            }));
                    assertEquals("outer", Asker.now());
                });
    }
}
