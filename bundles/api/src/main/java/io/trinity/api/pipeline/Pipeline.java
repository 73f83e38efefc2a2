package io.trinity.api.pipeline;

import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One running pipeline. Registered under {@link #NAME} for as long as its configuration is there.
 * Thread-safe.
 */
@ProviderType
public interface Pipeline {
    /** Service property: the pipeline's name. */
    String NAME = "pipeline.name";

    /** The pipeline's name. */
    String name();

    /** As it is now. */
    PipelineStatus status();

    /**
     * Runs one file through it and waits for the end: results in the outbox, and what became of it.
     * The file itself is left where it is. Waits for its turn like a file in the inbox.
     *
     * @throws IllegalStateException when the pipeline ends before its turn came
     * @throws IOException if the file cannot be read or the result not be written
     * @throws InterruptedException if the waiting thread is interrupted; the run goes on
     */
    RunReport run(Path file) throws IOException, InterruptedException;

    /**
     * Inputs that failed and are kept, the oldest first.
     *
     * @throws IOException if they cannot be looked at
     */
    List<FailedInput> failed() throws IOException;

    /**
     * Takes an input that failed as if it were new, in its turn.
     *
     * @param nameOrId the id of a failed input, or its file's name: of several the newest
     * @return its file's name; nothing where there is none
     * @throws IOException if it cannot be moved: it is where it was
     * @throws InterruptedException if the waiting thread is interrupted; it may be taken all the
     *     same
     */
    Optional<String> retry(String nameOrId) throws IOException, InterruptedException;

    /**
     * Opens a stream that the host program feeds itself.
     *
     * @param stream its name
     * @param results gets what comes out, in order, on a thread of the pipeline
     * @throws io.trinity.api.plugin.PluginException HOOK_VETO when a pre_pipeline hook refuses
     */
    Feed open(String stream, Consumer<List<Chunk>> results);

    /** A stream into a pipeline. Confined to one thread. */
    interface Feed extends AutoCloseable {
        /**
         * Hands a chunk over. Waits for room while the bounded queue is full.
         *
         * @throws IllegalStateException when the stream has failed or the pipeline has ended
         */
        void push(Chunk chunk) throws InterruptedException;

        /**
         * Ends the stream and waits until its last chunk is through.
         *
         * @return what became of it
         */
        RunReport end() throws InterruptedException;

        /** Gives the stream up; what has not come out is dropped. Nothing after {@link #end}. */
        @Override
        void close();
    }
}
