package io.trinity.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a scope as they were typed. Gogo reads {@code [::1]:8080} as a list and a word after
 * it. Pure.
 */
final class ScopeWords {
    private static final Pattern LIST =
            Pattern.compile("\\[\"?([0-9A-Fa-f:.]*:[0-9A-Fa-f:.%a-z]*)\"?]");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");

    private ScopeWords() {}

    /** The words, with an IPv6 address and its port as one. */
    static List<String> joined(List<String> words) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Matcher list = LIST.matcher(words.get(i));
            boolean split =
                    i + 1 < words.size()
                            && list.matches()
                            && PORT.matcher(words.get(i + 1)).matches();
            joined.add(split ? "[" + list.group(1) + "]" + words.get(++i) : words.get(i));
        }
        return joined;
    }
}
