package io.trinity.shell;

import io.trinity.api.storage.StorageBackend;
import io.trinity.api.storage.StorageBackend.Page;
import io.trinity.api.text.Escaped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code storage:keys}. */
@Component(
        service = StorageKeys.class,
        immediate = true,
        property = {"osgi.command.scope=storage", "osgi.command.function=keys"})
public final class StorageKeys {
    static final String USAGE = "storage:keys [PREFIX] [-n LIMIT] [--backend NAME] [--json]";
    private static final int DEFAULT_KEYS = 100;
    private static final int MAX_KEYS = 100_000;
    private static final int MAX_PAGE = 1000;

    /** A backend may give a key a page, and take its time over each. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final StorageNames backends;
    private final long mostNanos;

    @Activate
    public StorageKeys(@Reference StorageNames backends) {
        this(backends, MOST_NANOS);
    }

    /**
     * @param mostNanos after which no further page is asked for
     */
    StorageKeys(StorageNames backends, long mostNanos) {
        this.backends = backends;
        this.mostNanos = mostNanos;
    }

    @Descriptor(
            "keys that begin with PREFIX, in their order, 100 where no LIMIT is given; usage: "
                    + USAGE)
    public @Nullable String keys(
            @Descriptor("[PREFIX] [-n LIMIT] [--backend NAME] [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        int limit = line.number("-n", 1, MAX_KEYS, DEFAULT_KEYS);
        String prefix = line.optional(0).orElse("");
        StorageBackend backend = backends.require(line);
        Found found = find(backend, prefix, limit);
        if (line.has("--json")) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("backend", backend.name());
            fields.put("keys", found.keys);
            fields.put("more", found.more);
            return Answer.of(Json.write(fields));
        }
        if (found.keys.isEmpty()) {
            return Answer.of(
                    "no keys"
                            + (prefix.isEmpty() ? "" : " that begin with " + Escaped.line(prefix))
                            + " in "
                            + backend.name()
                            + "\n");
        }
        return Answer.of(
                String.join("\n", found.keys.stream().map(Escaped::line).toList())
                        + "\n"
                        + (found.more
                                ? "there are more than "
                                        + found.keys.size()
                                        + "; -n LIMIT shows more\n"
                                : ""));
    }

    private record Found(List<String> keys, boolean more) {}

    /**
     * Pages until there are enough, or time is over. A backend that turns in a circle ends it too.
     */
    private Found find(StorageBackend backend, String prefix, int limit) {
        List<String> keys = new ArrayList<>();
        String cursor = "";
        long begin = System.nanoTime();
        boolean late;
        do {
            String from = cursor;
            int size = Math.min(MAX_PAGE, limit - keys.size());
            Page page =
                    Refusals.value(
                            StorageNames.who(backend), () -> backend.keys(prefix, from, size));
            keys.addAll(page.keys());
            cursor = page.next().equals(from) ? "" : page.next();
            if (page.keys().isEmpty()) {
                break;
            }
            late = System.nanoTime() - begin > mostNanos;
        } while (!cursor.isEmpty() && keys.size() < limit && !late);
        boolean more = !cursor.isEmpty() || keys.size() > limit;
        return new Found(List.copyOf(keys.subList(0, Math.min(limit, keys.size()))), more);
    }
}
