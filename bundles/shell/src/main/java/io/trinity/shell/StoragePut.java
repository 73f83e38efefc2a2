package io.trinity.shell;

import io.trinity.api.home.Home;
import io.trinity.api.log.AuditLine;
import io.trinity.api.storage.StorageBackend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code storage:put} and {@code storage:erase}. */
@Component(
        service = StoragePut.class,
        immediate = true,
        property = {
            "osgi.command.scope=storage",
            "osgi.command.function=put",
            "osgi.command.function=erase"
        })
public final class StoragePut {
    static final String PUT_USAGE =
            "storage:put KEY [VALUE] [--file FILE] [--backend NAME] [--json]";
    static final String ERASE_USAGE = "storage:erase KEY [--backend NAME] [--json]";

    private final StorageNames backends;
    private final GivenFiles files;

    @Activate
    public StoragePut(@Reference StorageNames backends, @Reference Home home) {
        this.backends = backends;
        this.files = new GivenFiles(home);
    }

    @Descriptor("stores a text, or a file of at most 1 MiB, under a key; usage: " + PUT_USAGE)
    public @Nullable String put(
            CommandSession session,
            @Descriptor("KEY [VALUE] [--file FILE] [--backend NAME] [--json]")
                    String... arguments) {
        return Answer.of(put(session.currentDir(), arguments));
    }

    String put(Path directory, String... arguments) {
        CommandLine line = CommandLine.parse(PUT_USAGE, arguments);
        if (line.optional(1).isPresent() == line.has("--file")) {
            throw line.wrong("either VALUE or --file is needed");
        }
        byte[] value =
                line.option("--file")
                        .map(
                                f ->
                                        files.read(
                                                directory,
                                                f,
                                                StorageBackend.MAX_VALUE_BYTES,
                                                "a value has"))
                        .orElseGet(
                                () -> line.optional(1).orElse("").getBytes(StandardCharsets.UTF_8));
        StorageBackend backend = backends.require(line);
        Refusals.value(StorageNames.who(backend), () -> backend.put(line.value(0), value));
        ShellAudit.done(
                AuditLine.of("storage.put")
                        .with("backend", backend.name())
                        .with("key", line.value(0))
                        .with("bytes", value.length));
        if (line.has("--json")) {
            Map<String, Object> fields = fields(backend, line.value(0));
            fields.put("bytes", value.length);
            return Json.write(fields);
        }
        return "stored "
                + value.length
                + " bytes under "
                + line.value(0)
                + " in "
                + backend.name()
                + "\n";
    }

    @Descriptor("removes a key, also where it is not there; usage: " + ERASE_USAGE)
    public @Nullable String erase(
            @Descriptor("KEY [--backend NAME] [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(ERASE_USAGE, arguments);
        StorageBackend backend = backends.require(line);
        Refusals.value(StorageNames.who(backend), () -> backend.erase(line.value(0)));
        ShellAudit.done(
                AuditLine.of("storage.erase")
                        .with("backend", backend.name())
                        .with("key", line.value(0)));
        return Answer.of(
                line.has("--json")
                        ? Json.write(fields(backend, line.value(0)))
                        : line.value(0) + " is not in " + backend.name() + " any more\n");
    }

    private static Map<String, Object> fields(StorageBackend backend, String key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("backend", backend.name());
        fields.put("key", key);
        return fields;
    }
}
