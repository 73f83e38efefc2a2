package io.trinity.shell;

import io.trinity.api.home.Home;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code plugin:call}. */
@Component(
        service = PluginCall.class,
        immediate = true,
        property = {"osgi.command.scope=plugin", "osgi.command.function=call"})
public final class PluginCall {
    static final String USAGE =
            "plugin:call NAME --payload-file FILE [--modality M] [--content-type T] [--json]";

    private final PluginRegistry registry;
    private final GivenFiles files;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<PipelineStage> stages = List.of();

    @Activate
    public PluginCall(@Reference PluginRegistry registry, @Reference Home home) {
        this.registry = registry;
        this.files = new GivenFiles(home);
    }

    @Descriptor("runs one stage on one payload of at most 65536 bytes; usage: " + USAGE)
    public @Nullable String call(
            CommandSession session,
            @Descriptor("NAME --payload-file FILE [--modality M] [--content-type T] [--json]")
                    String... arguments) {
        return Answer.of(call(session.currentDir(), arguments));
    }

    String call(Path directory, String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        PluginSnapshot plugin = PluginNames.require(registry, line.value(0));
        PipelineStage stage = stage(plugin);
        List<Chunk> chunks = process(stage, chunk(line, directory));
        return line.has("--json")
                ? Json.write(chunks.stream().map(ChunkText::fields).toList())
                : ChunkText.of(chunks);
    }

    private PipelineStage stage(PluginSnapshot plugin) {
        for (PipelineStage stage : stages) {
            if (stage.name().equals(plugin.name())) {
                return stage;
            }
        }
        if (plugin.type().filter(t -> !t.equals(ExtensionType.PIPELINE_STAGE)).isPresent()) {
            throw new CommandFailure(
                    "plugin '"
                            + plugin.name()
                            + "' is of type "
                            + plugin.type().get().label()
                            + "; plugin:call runs plugins of type pipeline_stage");
        }
        if (plugin.type().isEmpty() && plugin.whyNotServing().isEmpty()) {
            throw new CommandFailure(
                    "plugin '"
                            + plugin.name()
                            + "' has hooks only; plugin:call runs plugins of type pipeline_stage");
        }
        throw CommandFailure.of(
                ErrorCode.NOT_ACTIVE,
                "plugin '"
                        + plugin.name()
                        + "' is "
                        + plugin.state().label()
                        + " and serves no calls"
                        + plugin.error().map(e -> "; " + e.code() + ": " + e.message()).orElse(""));
    }

    private Chunk chunk(CommandLine line, Path directory) {
        String file = line.option("--payload-file").orElseThrow();
        byte[] payload =
                files.read(
                        directory, file, Chunk.MAX_PAYLOAD_BYTES, "plugin:call sends one chunk of");
        boolean text = Printable.text(payload).isPresent();
        try {
            return chunk(line, file, payload, text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("it is no chunk: " + e.getMessage());
        }
    }

    private static Chunk chunk(CommandLine line, String file, byte[] payload, boolean text) {
        return new Chunk(
                payload,
                line.option("--content-type")
                        .orElse(text ? "text/plain;charset=utf-8" : "application/octet-stream"),
                line.option("--modality").orElse(text ? "text" : "data"),
                String.valueOf(Path.of(file).getFileName()),
                List.of(),
                0,
                0,
                true);
    }

    private static List<Chunk> process(PipelineStage stage, Chunk chunk) {
        return Refusals.value("plugin '" + stage.name() + "'", () -> stage.process(List.of(chunk)));
    }
}
