package io.trinity.shell;

import io.trinity.api.home.Home;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.stream.Chunk;
import io.trinity.api.text.Escaped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code hook:fire}. */
@Component(
        service = HookFire.class,
        immediate = true,
        property = {"osgi.command.scope=hook", "osgi.command.function=fire"})
public final class HookFire {
    static final String USAGE = "hook:fire NAME [TEXT] [--payload-file FILE] [--json]";

    private final HookNames hooks;
    private final GivenFiles files;

    @Activate
    public HookFire(@Reference HookNames hooks, @Reference Home home) {
        this.hooks = hooks;
        this.files = new GivenFiles(home);
    }

    @Descriptor(
            "fires a custom hook with at most 65536 bytes, without them with none; usage: " + USAGE)
    public @Nullable String fire(
            CommandSession session,
            @Descriptor("NAME [TEXT] [--payload-file FILE] [--json]") String... arguments) {
        return Answer.of(fire(session.currentDir(), arguments));
    }

    String fire(Path directory, String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        byte[] payload = payload(directory, line);
        List<Called> called = new ArrayList<>();
        byte[] answer =
                Refusals.told(
                        () ->
                                hooks.require()
                                        .fire(
                                                line.value(0),
                                                payload,
                                                Long.MAX_VALUE,
                                                new Listening(called)));
        if (called.isEmpty()) {
            throw CommandFailure.of(
                    ErrorCode.NOT_FOUND,
                    "nobody listens to custom/"
                            + line.value(0)
                            + "; hook:list shows who listens to what");
        }
        return line.has("--json")
                ? Json.write(fields(line.value(0), called, answer))
                : text(called, answer);
    }

    private record Listening(List<Called> called) implements HookTrace {
        @Override
        public void called(String plugin, HookPoint point, String outcome, long nanos) {
            called.add(new Called(plugin, outcome, nanos, ""));
        }

        @Override
        public void failed(
                String plugin, HookPoint point, ErrorCode code, String message, long nanos) {
            called.add(new Called(plugin, code.name(), nanos, message));
        }
    }

    /** Why it failed, or was skipped, is empty where it did not. */
    private record Called(String plugin, String outcome, long nanos, String why) {
        double micros() {
            return nanos / 1000.0;
        }
    }

    private byte[] payload(Path directory, CommandLine line) {
        if (line.optional(1).isPresent() && line.has("--payload-file")) {
            throw line.wrong("TEXT and --payload-file exclude each other");
        }
        return line.option("--payload-file")
                .map(f -> files.read(directory, f, Chunk.MAX_PAYLOAD_BYTES, "hook:fire sends"))
                .orElseGet(() -> line.optional(1).orElse("").getBytes(StandardCharsets.UTF_8));
    }

    private static String text(List<Called> called, byte[] answer) {
        Table table = new Table("PLUGIN", "OUTCOME", ">TIME");
        called.forEach(
                c -> table.row(List.of(c.why), c.plugin, c.outcome, Units.micros(c.micros())));
        return table
                + "answer, "
                + answer.length
                + " bytes:\n"
                + Escaped.quoted(Printable.of(answer));
    }

    private static Map<String, Object> fields(String name, List<Called> called, byte[] answer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("called", called.stream().map(HookFire::fields).toList());
        Printable.text(answer).ifPresent(t -> fields.put("text", t));
        fields.put("payloadBase64", Base64.getEncoder().encodeToString(answer));
        return fields;
    }

    private static Map<String, Object> fields(Called c) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("plugin", c.plugin);
        fields.put("outcome", c.outcome);
        fields.put("micros", Math.round(c.micros() * 10) / 10.0);
        if (!c.why.isEmpty()) {
            fields.put("message", c.why);
        }
        return fields;
    }
}
