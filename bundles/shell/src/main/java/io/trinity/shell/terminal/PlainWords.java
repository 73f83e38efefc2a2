package io.trinity.shell.terminal;

import io.trinity.shell.PlainWord;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Offers of what another completer offers only plain words: a {@code ;} or a {@code $(} in the name
 * of a stranger's file would be a command in the line, which the operator never typed.
 *
 * @param all what there is to offer
 */
record PlainWords(Completer all) implements Completer {
    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<Candidate> found = new ArrayList<>();
        all.complete(reader, line, found);
        found.stream().filter(c -> PlainWord.is(c.value())).forEach(candidates::add);
    }
}
