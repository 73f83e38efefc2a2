package io.trinity.canonical.abi;

import java.util.Locale;

/** What a name of WIT is in Java. Pure. */
public final class Names {
    private Names() {}

    /** Of functions, parameters and fields: {@code content-type} is {@code contentType}. */
    public static String member(String wit) {
        String type = type(wit);
        return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    /** Of interfaces, worlds and cases of variants: {@code file-changes} is {@code FileChanges}. */
    public static String type(String wit) {
        StringBuilder name = new StringBuilder();
        for (String word : wit.split("-")) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }

    /** Of labels of enums: {@code not-found} is {@code NOT_FOUND}. */
    public static String constant(String wit) {
        return wit.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
