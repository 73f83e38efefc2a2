package io.trinity.canonical.abi.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The tokens of a text, read one after the other. */
final class WitTokens {
    /**
     * Of all WIT, not only of the subset: a name that is fine here must be fine for every other
     * tool too.
     */
    private static final Set<String> KEYWORDS =
            Set.of(
                    ("as async bool borrow char constructor enum export f32 f64 flags from func"
                         + " future import include interface list option own package record"
                         + " resource result s16 s32 s64 s8 static stream string tuple type u16 u32"
                         + " u64 u8 use variant with world")
                            .split(" "));

    private final List<WitToken> tokens;
    private int at;

    WitTokens(List<WitToken> tokens) {
        this.tokens = tokens;
    }

    WitToken peek() {
        return tokens.get(at);
    }

    WitToken take() {
        WitToken token = tokens.get(at);
        if (token.kind() != WitToken.Kind.END) {
            at++;
        }
        return token;
    }

    boolean takeIf(String text) {
        boolean found = peek().is(text);
        if (found) {
            at++;
        }
        return found;
    }

    WitToken expect(String text) {
        if (!peek().is(text)) {
            throw peek().problem("expected '" + text + "' but found " + peek().shown());
        }
        return take();
    }

    /** A name that is no keyword, or an escaped one. */
    WitToken name(String what) {
        WitToken token = peek();
        if (token.kind() == WitToken.Kind.WORD && KEYWORDS.contains(token.text())) {
            throw token.problem(
                    "expected "
                            + what
                            + " but found the keyword "
                            + token.shown()
                            + "; write %"
                            + token.text());
        }
        if (token.kind() != WitToken.Kind.WORD && token.kind() != WitToken.Kind.ESCAPED) {
            throw token.problem("expected " + what + " but found " + token.shown());
        }
        return take();
    }

    /** Items between two symbols, separated by commas; a comma after the last one is allowed. */
    <T> List<T> listed(String open, String close, Supplier<T> item) {
        expect(open);
        List<T> items = new ArrayList<>();
        while (!takeIf(close)) {
            items.add(item.get());
            if (!takeIf(",")) {
                expect(close);
                break;
            }
        }
        return items;
    }

    /** As {@link #listed}, but an empty list is refused: WIT has no empty types. */
    <T> List<T> listedSome(String open, String close, String what, Supplier<T> item) {
        WitToken start = peek();
        List<T> items = listed(open, close, item);
        if (items.isEmpty()) {
            throw start.problem("expected at least one " + what);
        }
        return items;
    }
}
