package io.trinity.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedHooksTest {
    @TempDir Path folder;

    private RememberedHooks opened() {
        return new RememberedHooks(folder.resolve("hooks/required"));
    }

    private static DeclaredHook declared(String text) {
        return DeclaredHook.parse(text).orElseThrow();
    }

    @Test
    void whatAManifestRequiredLastIsRequiredAfterARestart() {
        RememberedHooks hooks = opened();
        hooks.put("redact", List.of(declared("post_chunk@900!"), declared("custom/redact@500")));
        hooks.put("stamp", List.of(declared("custom/x@100!")));
        hooks.put("other", List.of(declared("post_chunk@100")));
        assertEquals(
                Map.of(
                        "redact",
                        List.of(declared("post_chunk@900!")),
                        "stamp",
                        List.of(declared("custom/x@100!"))),
                opened().all());
        hooks.put("redact", List.of(declared("post_chunk@900")));
        assertEquals(Map.of("stamp", List.of(declared("custom/x@100!"))), opened().all());
    }

    @Test
    void aLineThatIsNoneIsLeftOutAndTheOthersHold() throws IOException {
        Files.createDirectories(folder.resolve("hooks"));
        Files.writeString(
                folder.resolve("hooks/required"),
                "redact post_chunk@900!\nnonsense\n../x post_chunk@900!\n");
        assertEquals(Map.of("redact", List.of(declared("post_chunk@900!"))), opened().all());
    }
}
