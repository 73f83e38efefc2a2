package io.trinity.pipeline;

import io.trinity.api.home.Home;
import java.nio.file.Path;

/**
 * Where a pipeline's files are.
 *
 * @param work claimed inputs, each in a folder of its own
 * @param processed inputs that went through
 * @param failed inputs that did not
 */
record PipelineFolders(Path inbox, Path outbox, Path work, Path processed, Path failed) {
    static PipelineFolders of(Home home, PipelineSettings s) {
        Path own =
                s.name().equals("main")
                        ? home.data()
                        : home.data().resolve("pipelines").resolve(s.name());
        return new PipelineFolders(
                home.root().resolve(s.inbox()),
                home.root().resolve(s.outbox()),
                own.resolve("work"),
                own.resolve("processed"),
                own.resolve("failed"));
    }
}
