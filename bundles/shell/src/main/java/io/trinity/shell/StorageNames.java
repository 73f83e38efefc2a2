package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.storage.StorageBackend;
import java.util.Comparator;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code storage:names}, what completion offers; and the way to the backends. */
@Component(
        service = StorageNames.class,
        immediate = true,
        property = {"osgi.command.scope=storage", "osgi.command.function=names"})
public final class StorageNames {
    /** The host's own backend, which is meant where none is named. */
    static final String HOST = "host";

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<StorageBackend> backends = List.of();

    @Descriptor("the storage backends' names, for completion; usage: storage:names")
    public List<String> names() {
        return backends.stream()
                .map(StorageBackend::name)
                .sorted(Comparator.comparing((String n) -> !n.equals(HOST)).thenComparing(n -> n))
                .toList();
    }

    /**
     * The backend that {@code --backend} names, or the host's own.
     *
     * @throws CommandFailure NOT_FOUND, naming those that exist
     */
    StorageBackend require(CommandLine line) {
        String name = line.option("--backend").orElse(HOST);
        for (StorageBackend b : backends) {
            if (b.name().equals(name)) {
                return b;
            }
        }
        String names = String.join(", ", names());
        throw CommandFailure.of(
                ErrorCode.NOT_FOUND,
                "there is no storage backend '"
                        + name
                        + "'; "
                        + (names.isEmpty()
                                ? "none is there; see " + Present.listing("io.trinity.storage")
                                : "there are: " + names));
    }

    /** Who is asked, for messages. */
    static String who(StorageBackend backend) {
        return "storage backend '" + backend.name() + "'";
    }
}
