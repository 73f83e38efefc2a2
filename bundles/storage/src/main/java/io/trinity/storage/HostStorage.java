package io.trinity.storage;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.home.Home;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.storage.StorageBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's own storage, {@code data/storage/host.mv.db} below the home.
 *
 * <p>What {@code put} and {@code erase} acknowledged survives a crash of the process and of the
 * machine; what any call returned does so too. While the file cannot be used (damaged, in use, disk
 * full) the service stays, each call answers STORE_FAILED, and each tries to open the file again.
 * Nothing is ever deleted for it.
 */
@Component(
        service = StorageBackend.class,
        immediate = true,
        configurationPid = HostStorage.PID,
        property = {
            StorageBackend.NAME + "=" + HostStorage.HOST,
            StorageBackend.OWN + ":Boolean=true",
            "service.ranking:Integer=" + Integer.MAX_VALUE
        })
@Designate(ocd = HostStorage.Config.class)
public final class HostStorage implements StorageBackend {
    static final String PID = "io.trinity.storage";
    static final String HOST = "host";

    private static final Logger LOG = LoggerFactory.getLogger(HostStorage.class);
    private static final int MAX_PAGE = 1000;

    @ObjectClassDefinition(
            name = "Trinity storage",
            description = "The host's own key-value storage, data/storage/host.mv.db")
    @interface Config {
        @AttributeDefinition(
                name = "Cache",
                description =
                        "Memory for pages that were read, in MiB, 1 to 1024; in effect when the"
                                + " file is opened next",
                min = "1",
                max = "1024")
        int cacheMebibytes() default 16;

        @AttributeDefinition(
                name = "Close timeout",
                description =
                        "How long what waits may take when the storage is stopped, in milliseconds,"
                                + " 0 to 60000; then it is refused",
                min = "0",
                max = "60000")
        int closeMillis() default 5000;
    }

    private final Path file;
    private final TableThread table;
    private volatile int cacheMebibytes = 16;
    private volatile int closeMillis = 5000;

    /** For DS. */
    @Activate
    public HostStorage(@Reference Home home, Map<String, Object> configuration) {
        this(file(home), configuration);
    }

    HostStorage(Path file, Map<String, Object> configuration) {
        this.file = file;
        table = new TableThread(() -> MvTable.open(file, cacheMebibytes));
        modified(configuration);
        table.start();
        try {
            table.ask(false, t -> null);
        } catch (TableFailure e) {
            LOG.error("code=STORE_FAILED {}", failed(e).getMessage());
        }
    }

    static Path file(Home home) {
        return home.data().resolve("storage").resolve("host.mv.db");
    }

    @Modified
    final void modified(Map<String, Object> configuration) {
        ConfigValues values =
                new ConfigValues(PID, configuration, p -> LOG.warn("code=CONFIG_INVALID {}", p));
        cacheMebibytes = (int) values.number("cacheMebibytes", 16, cacheMebibytes, 1, 1024);
        closeMillis = (int) values.number("closeMillis", 5000, closeMillis, 0, 60_000);
        LOG.info(
                "storage active file={} cacheMebibytes={} closeMillis={}",
                file,
                cacheMebibytes,
                closeMillis);
    }

    @Deactivate
    void deactivate() {
        if (!table.close(closeMillis)) {
            LOG.warn(
                    "code=STORE_FAILED file={} not closed within {} ms; what was acknowledged is in"
                            + " it",
                    file,
                    closeMillis);
        }
    }

    @Override
    public String name() {
        return HOST;
    }

    @Override
    public Answer<Optional<byte[]>> get(String key) {
        String stored = StoredKey.of(key);
        return ask(false, t -> Optional.ofNullable(t.get(stored)).map(byte[]::clone));
    }

    @Override
    public Answer<@Nullable Void> put(String key, byte[] value) {
        String stored = StoredKey.of(key);
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "a value of " + value.length + " bytes exceeds " + MAX_VALUE_BYTES);
        }
        byte[] own = value.clone();
        return change(t -> t.put(stored, own));
    }

    @Override
    public Answer<@Nullable Void> erase(String key) {
        String stored = StoredKey.of(key);
        return change(t -> t.erase(stored));
    }

    @Override
    public Answer<Page> keys(String prefix, String cursor, int limit) {
        String start = StoredKey.prefix(prefix, "prefix");
        String from = StoredKey.prefix(cursor, "cursor");
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "a limit of " + limit + " keys is not 1 to " + MAX_PAGE);
        }
        return ask(false, t -> page(t.keys(start, from, limit + 1), limit));
    }

    /** A page and one key more, with which the next page begins. */
    private static Page page(List<String> found, int limit) {
        List<String> keys = found.stream().map(StoredKey::key).toList();
        return keys.size() > limit
                ? new Page(keys.subList(0, limit), keys.get(limit))
                : new Page(keys, "");
    }

    @Override
    public Answer<@Nullable Void> flush() {
        return change(t -> {});
    }

    private Answer<@Nullable Void> change(Consumer<Table> does) {
        return ask(
                true,
                t -> {
                    does.accept(t);
                    return null;
                });
    }

    private <T extends @Nullable Object> Answer<T> ask(boolean changes, Function<Table, T> does) {
        try {
            return new Answer.Value<>(table.ask(changes, does));
        } catch (TableFailure e) {
            throw failed(e);
        }
    }

    private PluginException failed(TableFailure e) {
        return PluginException.of(
                ErrorCode.STORE_FAILED,
                PluginRef.named(HOST),
                "storage " + file + " cannot be used: " + e.getMessage(),
                ErrorAdvice.of(e),
                e);
    }
}
