package io.trinity.canonical.abi.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into tokens. */
final class WitLexer {
    private static final Pattern NAME =
            Pattern.compile("[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z][a-zA-Z0-9]*)*");
    private static final Pattern VERSION =
            Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?");
    private static final String SYMBOLS = "{}()<>,;:=._/";

    private final String text;
    private final List<WitToken> tokens = new ArrayList<>();
    private final List<String> docs = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private WitLexer(String text) {
        this.text = text;
    }

    /** All tokens; the last one is {@link WitToken.Kind#END}. */
    static List<WitToken> tokens(String text) {
        WitLexer lexer = new WitLexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        lexer.add(WitToken.Kind.END, "", 0);
        return lexer.tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\n') {
            at++;
            newLine();
        } else if (c == ' ' || c == '\t' || c == '\r') {
            at++;
        } else if (text.startsWith("//", at)) {
            lineComment();
        } else if (text.startsWith("/*", at)) {
            blockComment();
        } else if (text.startsWith("->", at)) {
            add(WitToken.Kind.SYMBOL, "->", 2);
        } else if (c == '@') {
            prefixed(WitToken.Kind.VERSION, VERSION, "a version such as @0.1.0");
        } else if (c == '%') {
            prefixed(WitToken.Kind.ESCAPED, NAME, "a name such as %stream");
        } else if (SYMBOLS.indexOf(c) >= 0) {
            add(WitToken.Kind.SYMBOL, String.valueOf(c), 1);
        } else {
            String word = match(NAME, at);
            if (word.isEmpty()) {
                throw problem(
                        "unexpected character '" + Character.toString(text.codePointAt(at)) + "'");
            }
            add(WitToken.Kind.WORD, word, word.length());
        }
    }

    private void newLine() {
        line++;
        lineStart = at;
    }

    private void lineComment() {
        int newline = text.indexOf('\n', at);
        int end = newline < 0 ? text.length() : newline;
        if (text.startsWith("///", at)) {
            String doc = text.substring(at + 3, end).stripTrailing();
            docs.add(doc.startsWith(" ") ? doc.substring(1) : doc);
        }
        at = end;
    }

    private void blockComment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw problem("this comment has no end");
        }
        for (; at < end + 2; at++) {
            if (at > lineStart && text.charAt(at - 1) == '\n') {
                newLine();
            }
        }
    }

    private void prefixed(WitToken.Kind kind, Pattern pattern, String expected) {
        String found = match(pattern, at + 1);
        if (found.isEmpty()) {
            throw problem("expected " + expected);
        }
        add(kind, found, found.length() + 1);
    }

    private String match(Pattern pattern, int from) {
        Matcher matcher = pattern.matcher(text).region(from, text.length());
        return matcher.lookingAt() ? matcher.group() : "";
    }

    private void add(WitToken.Kind kind, String tokenText, int length) {
        tokens.add(
                new WitToken(kind, tokenText, String.join("\n", docs), line, at - lineStart + 1));
        docs.clear();
        at += length;
    }

    private WitSyntaxException problem(String problem) {
        return new WitSyntaxException(line, at - lineStart + 1, problem);
    }
}
