package io.trinity.pipeline;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Metatype of factory PID {@code io.trinity.pipeline}; read by {@link PipelineSettings}. */
@ObjectClassDefinition(
        name = "Trinity pipeline",
        description = "How files go from the inbox through the stages to the outbox")
@interface PipelineDefinition {
    @AttributeDefinition(
            name = "Stages",
            description =
                    "Names of the stage plugins in the order in which chunks pass them; empty for"
                            + " all that are installed, by name")
    String[] stages() default {};

    @AttributeDefinition(
            name = "Handlers",
            description =
                    "Names of the modality handlers that are asked, in that order; empty for all"
                            + " that serve, the one first that has served longest")
    String[] handlers() default {};

    @AttributeDefinition(
            name = "On failure",
            description = "What becomes of chunks that a stage refuses or traps on",
            options = {
                @Option(label = "The file fails", value = "fail"),
                @Option(label = "They pass as they were", value = "pass"),
                @Option(label = "They are left out", value = "drop")
            })
    String onFailure() default "fail";

    @AttributeDefinition(
            name = "On missing",
            description = "What becomes of chunks that are to pass a stage which does not serve",
            options = {
                @Option(
                        label = "They wait, at most for missingMillis; then the file fails",
                        value = "wait"),
                @Option(label = "The file fails", value = "fail"),
                @Option(
                        label = "They go on without it; the file's status is partial",
                        value = "skip")
            })
    String onMissing() default "wait";

    @AttributeDefinition(
            name = "Wait for the missing",
            description =
                    "How long chunks wait for a stage that does not serve, in milliseconds, 0 to"
                            + " 86400000",
            min = "0",
            max = "86400000")
    int missingMillis() default 30000;

    @AttributeDefinition(
            name = "Chunk size",
            description =
                    "Bytes of the pieces that files are cut into, 1 to 65536; small ones keep the"
                        + " first calls of a fresh plugin, which run uncompiled, within their CPU"
                        + " limit",
            min = "1",
            max = "65536")
    int chunkBytes() default 8192;

    @AttributeDefinition(
            name = "Poll interval",
            description = "How often the inbox is looked at, in milliseconds, 10 to 60000",
            min = "10",
            max = "60000")
    int pollMillis() default 200;

    @AttributeDefinition(
            name = "Stillness",
            description =
                    "How long a file must have been left alone before it is taken, in milliseconds,"
                            + " 0 to 600000",
            min = "0",
            max = "600000")
    int stillMillis() default 800;

    @AttributeDefinition(
            name = "Keep inputs",
            description = "Whether files that went through are kept in data/processed")
    boolean keepInputs() default true;

    @AttributeDefinition(
            name = "Names to ignore",
            description =
                    "Names that are left in the inbox, with commas; * stands for any text, ? for"
                        + " one character, capitals do not count; names that begin with a dot are"
                        + " always left")
    String[] ignore() default {
        "*.part",
        "*.partial",
        "*.filepart",
        "*.crdownload",
        "*.download",
        "*.opdownload",
        "*.aria2",
        "*.!ut",
        "*.uploading",
        "*.upload",
        "*.inprogress",
        "*.tmp",
        "*.temp",
        "*.swp",
        "*~",
        "~$*"
    };

    @AttributeDefinition(
            name = "On conflict",
            description = "What becomes of a result whose name is in the outbox already",
            options = {
                @Option(label = "It gets a number: a~2.txt", value = "number"),
                @Option(label = "It takes the other's place", value = "replace")
            })
    String onConflict() default "number";

    @AttributeDefinition(
            name = "Days processed inputs are kept",
            description = "0 to 36500; 0 is without end",
            min = "0",
            max = "36500")
    int processedDays() default 30;

    @AttributeDefinition(
            name = "MiB of processed inputs that are kept",
            description = "The oldest go first; 0 is without end",
            min = "0",
            max = "1073741824")
    long processedMebibytes() default 4096;

    @AttributeDefinition(
            name = "Days failed inputs are kept",
            description = "0 to 36500; 0 is without end",
            min = "0",
            max = "36500")
    int failedDays() default 90;

    @AttributeDefinition(
            name = "MiB of failed inputs that are kept",
            description = "The oldest go first; 0 is without end",
            min = "0",
            max = "1073741824")
    long failedMebibytes() default 4096;

    @AttributeDefinition(
            name = "Pipeline",
            description =
                    "The pipeline's name, a-z 0-9 and hyphens; empty for what follows the first"
                            + " hyphen of the file's name")
    String pipeline() default "";

    @AttributeDefinition(name = "Enabled", description = "Whether it takes files and streams")
    boolean enabled() default true;

    @AttributeDefinition(
            name = "Inbox",
            description =
                    "Folder below the home from which files are taken; empty for inbox-NAME, or"
                            + " inbox for the pipeline main")
    String inbox() default "";

    @AttributeDefinition(
            name = "Outbox",
            description =
                    "Folder below the home into which results are put; empty for outbox-NAME, or"
                            + " outbox for the pipeline main")
    String outbox() default "";

    @AttributeDefinition(
            name = "Queue",
            description = "Most chunks that wait between reader and stages, 1 to 4096",
            min = "1",
            max = "4096")
    int queueChunks() default 64;

    @AttributeDefinition(
            name = "Chunks of one chunk",
            description =
                    "Most chunks that a stage, handler or hook may make of one chunk of the input,"
                            + " 1 to 1000000",
            min = "1",
            max = "1000000")
    int maxChunksPerStep() default 4096;

    @AttributeDefinition(
            name = "MiB of one chunk",
            description =
                    "Most memory that the chunks may take which a stage, handler or hook makes of"
                            + " one chunk of the input, in MiB, 1 to 4096",
            min = "1",
            max = "4096")
    int maxMebibytesPerStep() default 64;

    @AttributeDefinition(
            name = "MiB of results",
            description =
                    "Most that the results of one input may take on the disk, in MiB, besides 64"
                            + " bytes for each byte of it, 1 to 1048576",
            min = "1",
            max = "1048576")
    int maxResultMebibytes() default 64;

    @AttributeDefinition(
            name = "Fusion",
            description = "When windows are fused",
            options = {
                @Option(label = "When a hook or a modality handler wants them", value = "auto"),
                @Option(label = "Always", value = "on"),
                @Option(label = "Never", value = "off")
            })
    String fusion() default "auto";

    @AttributeDefinition(
            name = "Window",
            description =
                    "Span of event time of a window, in milliseconds, 1 to 86400000. Besides,"
                            + " weights.MODALITY is the weight of a modality, 0 to 1000",
            min = "1",
            max = "86400000")
    int windowMillis() default 1000;
}
