package io.trinity.hostile;

import io.trinity.hostile.Attack.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What became of the attacks, as a table for people. */
final class Report {
    private Report() {}

    static void write(Path file, Map<Attack, Outcome> outcomes) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("# Hostile modules\n\n");
        text.append(
                "Milliseconds are from the file in place, or from the call, to the answer.\n\n");
        text.append("| attack | what it attacks | expected | got | stopped at | ms |\n");
        text.append("|---|---|---|---|---|---:|\n");
        outcomes.forEach(
                (attack, outcome) ->
                        text.append(
                                "| %s | %s | %s, %s | %s | %s | %d |%n"
                                        .formatted(
                                                attack.name(),
                                                attack.what().replace("|", "\\|"),
                                                String.join(" or ", attack.expected()),
                                                lower(attack.stage()),
                                                outcome.code(),
                                                lower(outcome.stage()),
                                                outcome.millis())));
        Files.writeString(file, text);
    }

    private static String lower(Enum<?> stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
