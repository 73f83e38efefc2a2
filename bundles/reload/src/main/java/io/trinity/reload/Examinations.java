package io.trinity.reload;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The files that are being looked into. On reload's one thread. */
final class Examinations {
    private final LoadSteps steps;
    private final Work work;
    private final Map<Path, Work.Task> files = new HashMap<>();

    Examinations(LoadSteps steps, Work work) {
        this.steps = steps;
        this.work = work;
    }

    /**
     * Looks into a file; nothing where that is under way.
     *
     * @param known what was found before
     * @param then takes what was found, when the file is no longer being looked into
     */
    void begin(Path file, Optional<FoundFile> known, Consumer<Examination> then) {
        if (files.containsKey(file)) {
            return;
        }
        Optional<Examination> before =
                known.filter(f -> !f.digest.isEmpty())
                        .map(f -> new Examination(f.digest, f.manifest, Optional.empty()));
        Work.Task task =
                work.begin(
                        () -> steps.examine(file, before),
                        e ->
                                new Examination(
                                        "",
                                        Optional.empty(),
                                        Optional.of(PluginFile.internal(file, e))),
                        found -> {
                            files.remove(file);
                            then.accept(found);
                        });
        files.put(file, task);
    }

    /** Somebody waits for it. */
    void hurry(Path file) {
        Work.Task task = files.get(file);
        if (task != null) {
            task.hurry();
        }
    }

    /** Whether a file is being looked into. */
    boolean contains(Path file) {
        return files.containsKey(file);
    }

    int size() {
        return files.size();
    }

    boolean isEmpty() {
        return files.isEmpty();
    }
}
