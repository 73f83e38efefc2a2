package io.trinity.shell;

import io.trinity.api.agent.Action;
import io.trinity.api.agent.Letter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an agent wants done, for people and for programs. */
final class ActionText {
    private ActionText() {}

    /** A row for each. */
    static String table(List<Action> actions) {
        if (actions.isEmpty()) {
            return "no actions\n";
        }
        Table table = new Table("ACTION", "TO", "WHAT");
        for (Action action : actions) {
            table.row(List.of(), kind(action), to(action), what(action));
        }
        return table.toString();
    }

    /** The fields of one. */
    static Map<String, Object> fields(Action action) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("action", kind(action));
        if (action instanceof Action.Send send) {
            letter(fields, send.letter());
        } else if (action instanceof Action.Publish publish) {
            letter(fields, publish.letter());
        } else if (action instanceof Action.Subscribe subscribe) {
            fields.put("topic", subscribe.topic());
        } else if (action instanceof Action.Emit emit) {
            fields.put("chunk", ChunkText.fields(emit.chunk()));
        } else if (action instanceof Action.Wake wake) {
            fields.put("millis", wake.millis());
        }
        return fields;
    }

    private static void letter(Map<String, Object> fields, Letter letter) {
        fields.put("to", letter.party());
        fields.put("topic", letter.topic());
        Printable.text(letter.body()).ifPresent(t -> fields.put("text", t));
        fields.put("bodyBase64", Base64.getEncoder().encodeToString(letter.body()));
    }

    private static String kind(Action action) {
        return action.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String to(Action action) {
        if (action instanceof Action.Send send) {
            return send.letter().party();
        }
        if (action instanceof Action.Publish publish) {
            return publish.letter().topic();
        }
        if (action instanceof Action.Subscribe subscribe) {
            return subscribe.topic();
        }
        return action instanceof Action.Emit emit ? emit.chunk().stream() : "-";
    }

    private static String what(Action action) {
        if (action instanceof Action.Send send) {
            return Printable.line(send.letter().body());
        }
        if (action instanceof Action.Publish publish) {
            return Printable.line(publish.letter().body());
        }
        if (action instanceof Action.Emit emit) {
            return Printable.line(emit.chunk().payload());
        }
        return action instanceof Action.Wake wake ? "in " + wake.millis() + " ms" : "-";
    }
}
