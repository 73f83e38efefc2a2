package io.trinity.shell;

import io.trinity.api.home.Home;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.storage.StorageBackend;
import io.trinity.api.text.Escaped;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code storage:get}. */
@Component(
        service = StorageGet.class,
        immediate = true,
        property = {"osgi.command.scope=storage", "osgi.command.function=get"})
public final class StorageGet {
    static final String USAGE = "storage:get KEY [--file OUT] [--backend NAME] [--json]";

    private final StorageNames backends;
    private final GivenFiles files;

    @Activate
    public StorageGet(@Reference StorageNames backends, @Reference Home home) {
        this.backends = backends;
        this.files = new GivenFiles(home);
    }

    @Descriptor("the value of a key, shown or written into a file; usage: " + USAGE)
    public @Nullable String get(
            CommandSession session,
            @Descriptor("KEY [--file OUT] [--backend NAME] [--json]") String... arguments) {
        return Answer.of(get(session.currentDir(), arguments));
    }

    String get(Path directory, String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        String key = line.value(0);
        StorageBackend backend = backends.require(line);
        byte[] value =
                Refusals.value(StorageNames.who(backend), () -> backend.get(key))
                        .orElseThrow(
                                () ->
                                        CommandFailure.of(
                                                ErrorCode.NOT_FOUND,
                                                StorageNames.who(backend)
                                                        + " has no key '"
                                                        + Escaped.line(key)
                                                        + "'; storage:keys shows those that it"
                                                        + " has"));
        if (line.has("--file")) {
            Path file = files.write(directory, line.option("--file").orElseThrow(), value);
            return line.has("--json")
                    ? Json.write(fields(backend, key, value))
                    : "wrote " + value.length + " bytes to " + file + "\n";
        }
        return line.has("--json")
                ? Json.write(fields(backend, key, value))
                : Printable.of(value) + "\n";
    }

    private static Map<String, Object> fields(StorageBackend backend, String key, byte[] value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("backend", backend.name());
        fields.put("key", key);
        fields.put("bytes", value.length);
        Printable.text(value).ifPresent(t -> fields.put("text", t));
        fields.put("valueBase64", Base64.getEncoder().encodeToString(value));
        return fields;
    }
}
