package io.trinity.pipeline;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.home.FileFingerprint;
import io.trinity.api.pipeline.FailedInput;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The inputs that failed and are kept. Thread-safe: the file system is all that it holds. */
final class FailedInputs {
    private final Path folder;
    private final Path outbox;

    FailedInputs(PipelineFolders folders) {
        this.folder = folders.failed();
        this.outbox = folders.outbox();
    }

    /** All, the oldest first. */
    List<FailedInput> list() throws IOException {
        List<FailedInput> all = new ArrayList<>();
        for (Path kept : Claims.numbered(folder)) {
            Optional<Path> input = Claims.input(kept);
            Fate fate = fate(kept);
            all.add(
                    new FailedInput(
                            String.valueOf(kept.getFileName()),
                            input.map(Names::of).orElse(""),
                            input.isPresent() ? size(input.get()) : 0,
                            fate.at(),
                            fate.fault()));
        }
        return all;
    }

    private static long size(Path input) throws IOException {
        return InputStamp.of(input).sizeBytes();
    }

    private static Fate fate(Path kept) throws IOException {
        Optional<String> note = Claims.text(kept.resolve(Claims.DONE));
        if (note.isPresent()) {
            try {
                return Fate.of(JSON.std.mapFrom(note.get()));
            } catch (IOException | IllegalArgumentException | DateTimeException e) {
                // As if there were none.
            }
        }
        Instant at = Files.getLastModifiedTime(kept, LinkOption.NOFOLLOW_LINKS).toInstant();
        return new Fate(
                new Fault(ErrorCode.INTERNAL, "nothing was noted; its summary in the outbox tells"),
                at,
                "",
                "");
    }

    /** The folder of one, by its id, or by its file's name: the newest then. */
    Optional<Path> find(String nameOrId) throws IOException {
        Optional<Path> found = Optional.empty();
        for (Path kept : Claims.numbered(folder)) {
            Optional<Path> input = Claims.input(kept);
            if (input.isPresent()
                    && (nameOrId.equals(String.valueOf(kept.getFileName()))
                            || nameOrId.equals(Names.of(input.get())))) {
                found = Optional.of(kept);
            }
        }
        return found;
    }

    /** The name of its results, if its summary still is the one that told of the failure. */
    Optional<String> result(Path kept) throws IOException {
        Fate fate = fate(kept);
        return !fate.result().isEmpty() && fate.stamp().equals(stamp(outbox, fate.result()))
                ? Optional.of(fate.result())
                : Optional.empty();
    }

    /** By which the summary of that name is known again; empty where it is not there. */
    static String stamp(Path outbox, String result) {
        try {
            return FileFingerprint.of(outbox.resolve(MediaTypes.linesName(result))).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
