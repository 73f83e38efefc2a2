package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ReservedNames;
import io.trinity.api.storage.StorageBackend;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code storage:names}, what completion offers; and the way to the backends. */
@Component(
        service = StorageNames.class,
        immediate = true,
        property = {"osgi.command.scope=storage", "osgi.command.function=names"})
public final class StorageNames {
    /** The host's own backend, which is meant where none is named. */
    static final String HOST = "host";

    /** The host's own is known by what only the host sets, whatever others call themselves. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            target = "(" + StorageBackend.OWN + "=true)")
    volatile @Nullable StorageBackend host;

    /** Those of plugins. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(" + StorageBackend.OWN + "=true))")
    volatile List<StorageBackend> backends = List.of();

    @Descriptor("the storage backends' names, for completion; usage: storage:names")
    public List<String> names() {
        return Stream.concat(
                        host == null ? Stream.empty() : Stream.of(HOST),
                        backends.stream()
                                .map(StorageBackend::name)
                                .filter(n -> !ReservedNames.isReserved(n))
                                .sorted())
                .toList();
    }

    /**
     * The backend that {@code --backend} names, or the host's own.
     *
     * @throws CommandFailure NOT_FOUND, naming those that exist
     */
    StorageBackend require(CommandLine line) {
        String name = line.option("--backend").orElse(HOST);
        StorageBackend own = host;
        if (own != null && name.equals(HOST)) {
            return own;
        }
        for (StorageBackend b : backends) {
            if (b.name().equals(name) && !ReservedNames.isReserved(name)) {
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
