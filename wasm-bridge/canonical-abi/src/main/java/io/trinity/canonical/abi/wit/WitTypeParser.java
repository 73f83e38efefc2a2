package io.trinity.canonical.abi.wit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads type definitions and type expressions. */
final class WitTypeParser {
    /** Deeper than anyone writes, and shallow enough for every stack. */
    private static final int MAX_DEPTH = 64;

    private final WitTokens tokens;
    private int depth;

    WitTypeParser(WitTokens tokens) {
        this.tokens = tokens;
    }

    /** A definition, or null if the next token begins none. */
    WitSyntax.@Nullable Definition definition() {
        WitToken start = tokens.peek();
        if (tokens.takeIf("type")) {
            WitToken name = tokens.name("the type's name");
            tokens.expect("=");
            WitSyntax.Body body = new WitSyntax.Alias(expression());
            tokens.expect(";");
            return new WitSyntax.Definition(name, start.docs(), body);
        }
        if (tokens.takeIf("record")) {
            WitToken name = tokens.name("the record's name");
            return new WitSyntax.Definition(
                    name,
                    start.docs(),
                    new WitSyntax.RecordBody(
                            tokens.listedSome("{", "}", "field", () -> typed("a field's name"))));
        }
        if (tokens.takeIf("variant")) {
            WitToken name = tokens.name("the variant's name");
            return new WitSyntax.Definition(
                    name,
                    start.docs(),
                    new WitSyntax.VariantBody(
                            tokens.listedSome("{", "}", "case", this::variantCase)));
        }
        if (tokens.takeIf("enum")) {
            WitToken name = tokens.name("the enum's name");
            return new WitSyntax.Definition(
                    name,
                    start.docs(),
                    new WitSyntax.EnumBody(tokens.listedSome("{", "}", "label", this::label)));
        }
        return null;
    }

    /** {@code name: type}. */
    WitSyntax.Member typed(String what) {
        WitToken name = tokens.name(what);
        tokens.expect(":");
        return new WitSyntax.Member(name, expression());
    }

    private WitSyntax.Member variantCase() {
        WitToken name = tokens.name("a case's name");
        if (!tokens.takeIf("(")) {
            return new WitSyntax.Member(name, null);
        }
        WitSyntax.Expression payload = expression();
        tokens.expect(")");
        return new WitSyntax.Member(name, payload);
    }

    private WitSyntax.Member label() {
        return new WitSyntax.Member(tokens.name("a label"), null);
    }

    WitSyntax.Expression expression() {
        if (++depth > MAX_DEPTH) {
            throw tokens.peek().problem("types are nested deeper than " + MAX_DEPTH);
        }
        try {
            return expressionWithin();
        } finally {
            depth--;
        }
    }

    private WitSyntax.Expression expressionWithin() {
        WitToken start = tokens.peek();
        if (start.kind() == WitToken.Kind.WORD) {
            for (WitType.Primitive type : WitType.Primitive.values()) {
                if (tokens.takeIf(type.toString())) {
                    return new WitSyntax.Builtin(type);
                }
            }
        }
        if (tokens.takeIf("list")) {
            return new WitSyntax.ListOf(single());
        }
        if (tokens.takeIf("option")) {
            return new WitSyntax.OptionOf(single());
        }
        if (tokens.takeIf("tuple")) {
            List<WitSyntax.Expression> elements =
                    tokens.listedSome("<", ">", "type", this::expression);
            return new WitSyntax.TupleOf(elements);
        }
        if (tokens.takeIf("result")) {
            return result();
        }
        return new WitSyntax.Named(tokens.name("a type"));
    }

    private WitSyntax.Expression single() {
        tokens.expect("<");
        WitSyntax.Expression type = expression();
        tokens.expect(">");
        return type;
    }

    private WitSyntax.Expression result() {
        if (!tokens.takeIf("<")) {
            return new WitSyntax.ResultOf(null, null);
        }
        WitSyntax.@Nullable Expression ok = tokens.takeIf("_") ? null : expression();
        WitSyntax.@Nullable Expression error = null;
        if (ok == null) {
            tokens.expect(",");
            error = expression();
        } else if (tokens.takeIf(",")) {
            error = expression();
        }
        tokens.expect(">");
        return new WitSyntax.ResultOf(ok, error);
    }
}
