package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.StrippedModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CompileCacheTest {
    private final List<String> compiled = new ArrayList<>();
    private long maxBytes = 100;
    private final CompileCache cache = new CompileCache(() -> maxBytes);

    private void get(String digest, int bytes) {
        cache.get(
                digest,
                () -> {
                    compiled.add(digest);
                    return module(bytes);
                });
    }

    private static CompiledModule module(int bytes) {
        ModuleInfo info = new ModuleInfo(List.of(), Map.of(), false, 0, 0, Map.of());
        return new CompiledModule(
                info,
                new StrippedModule(new byte[bytes / 2], "A", "build"),
                new TreeMap<>(Map.of("A", new byte[bytes - bytes / 2])));
    }

    @Test
    void whatComesBackIsNotCompiledAgain() {
        get("a", 40);
        get("b", 40);
        get("a", 40);
        assertEquals(List.of("a", "b"), compiled);
    }

    @Test
    void whatWasNotUsedForLongestMakesRoom() {
        get("a", 40);
        get("b", 40);
        get("a", 40);
        get("c", 40);
        get("a", 40);
        get("b", 40);
        assertEquals(List.of("a", "b", "c", "b"), compiled);
    }

    @Test
    void whatIsKeptIsKnownAndNothingElse() {
        get("a", 40);
        get("big", 101);
        assertTrue(cache.known("a").isPresent());
        assertTrue(cache.known("big").isEmpty());
        assertTrue(cache.known("b").isEmpty());
    }

    @Test
    void whatIsTooLargeDrivesNothingOut() {
        get("a", 40);
        get("big", 101);
        get("big", 101);
        get("a", 40);
        assertEquals(List.of("a", "big", "big"), compiled);
    }

    @Test
    void customSectionsCountToo() {
        ModuleInfo info =
                new ModuleInfo(List.of(), Map.of(), false, 0, 0, Map.of("ballast", new byte[200]));
        CompiledModule small = module(40);
        cache.get("a", () -> new CompiledModule(info, small.module(), small.classes()));
        assertTrue(cache.known("a").isEmpty());
    }

    @Test
    void zeroKeepsNothing() {
        maxBytes = 0;
        get("a", 40);
        get("a", 40);
        assertEquals(List.of("a", "a"), compiled);
    }

    @Test
    void aFailureIsNotKept() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        cache.get(
                                "a",
                                () -> {
                                    throw new IllegalStateException();
                                }));
        get("a", 40);
        assertEquals(List.of("a"), compiled);
    }
}
