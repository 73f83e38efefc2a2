package io.trinity.api.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What a word that nobody knows was perhaps meant to be. Pure. */
public final class Spelling {
    private static final int NEAR = 3;

    private Spelling() {}

    /**
     * The known word that is nearest, by insertions, deletions and changes of characters; capitals
     * do not count. Empty where none is nearer than four changes and than half of the word.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String best = "";
        int least = NEAR + 1;
        for (String k : known) {
            int d = distance(word.toLowerCase(Locale.ROOT), k.toLowerCase(Locale.ROOT));
            if (d < least) {
                least = d;
                best = k;
            }
        }
        return least <= Math.min(NEAR, word.length() / 2) ? Optional.of(best) : Optional.empty();
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                corner = above;
            }
        }
        return row[b.length()];
    }
}
