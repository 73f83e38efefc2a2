package io.trinity.files;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Granted directories that are not there, or are not what was meant. The operator is told of each
 * once, with its path, and when it works again; the plugin is told without the host's path.
 * Thread-safe.
 */
final class DirectoryTroubles {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryTroubles.class);

    private final Map<Place, String> present = new ConcurrentHashMap<>();

    private record Place(String plugin, Capability capability, Path directory) {}

    /** What is wrong with a directory, and what to do. */
    private record Trouble(Reason reason, String what, String remedy) {}

    /** The task; where it fails because of the granted directory, the failure says so. */
    <T> DiskThreads.Task<T> watched(
            PluginRef plugin, Capability capability, Path directory, DiskThreads.Task<T> task) {
        Place place = new Place(plugin.name(), capability, directory);
        return () -> {
            try {
                T done = task.run();
                fine(place);
                return done;
            } catch (IOException | HostFailure e) {
                Trouble trouble = trouble(directory, capability, e);
                if (trouble == null) {
                    throw e;
                }
                tell(plugin, place, trouble);
                throw new HostFailure(
                        trouble.reason(),
                        "%s: the directory that is granted as '%s' %s; the operator has to mend it, and it works once that is done"
                                .formatted(
                                        plugin,
                                        Escaped.brief(directory.getFileName().toString()),
                                        trouble.what()));
            }
        };
    }

    private void tell(PluginRef plugin, Place place, Trouble trouble) {
        if (!trouble.what().equals(present.put(place, trouble.what()))) {
            LOG.warn(
                    "{}: {}, in scope.{} of {}, {}; {}, it is used as" + " soon as it is mended",
                    plugin,
                    place.directory(),
                    place.capability().label(),
                    Places.ofPlugin(plugin.name()),
                    trouble.what(),
                    trouble.remedy());
        }
    }

    private void fine(Place place) {
        if (!present.isEmpty() && present.remove(place) != null) {
            LOG.info("plugin '{}': {} works again", place.plugin(), place.directory());
        }
    }

    /** Null where the directory is as it should be, and the failure has another cause. */
    private static @Nullable Trouble trouble(
            Path directory, Capability capability, Exception failure) {
        try {
            Files.readAttributes(directory, "isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return new Trouble(Reason.NOT_FOUND, "does not exist", "make it, or mount it");
        } catch (AccessDeniedException e) {
            return new Trouble(
                    Reason.DENIED,
                    "lies where the host's user may not look",
                    "let it enter the directories above");
        } catch (IOException e) {
            return new Trouble(Reason.FAILED, "cannot be looked at: " + e.getMessage(), "see why");
        }
        if (!Files.exists(directory)) {
            return new Trouble(
                    Reason.NOT_FOUND, "is a link that leads nowhere", "make what it leads to");
        }
        if (!Files.isDirectory(directory)) {
            return new Trouble(
                    Reason.NOT_FOUND, "is no directory", "put a directory there, or grant another");
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            return new Trouble(
                    Reason.DENIED,
                    "may not be read by the host's user",
                    "give that user its r and x permissions");
        }
        boolean writing = capability == Capability.FILE_WRITE && failure instanceof IOException;
        if (writing && !Files.isWritable(directory)) {
            return new Trouble(
                    Reason.DENIED,
                    "may not be written by the host's user, or is mounted read-only",
                    "give that user its w permission, or mount it for writing");
        }
        return null;
    }
}
