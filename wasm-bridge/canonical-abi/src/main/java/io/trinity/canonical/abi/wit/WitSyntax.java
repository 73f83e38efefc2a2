package io.trinity.canonical.abi.wit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the text says before names are resolved. Names are the tokens they were read from, for error
 * positions.
 */
final class WitSyntax {

    /**
     * A file.
     *
     * @param packages of others that it names, by name and version
     */
    record Document(
            String name,
            String version,
            String docs,
            List<Scope> scopes,
            List<PackageUse> packages) {}

    /**
     * Another package that is named.
     *
     * @param version empty for any
     */
    record PackageUse(WitToken at, String name, String version) {}

    /** An interface or a world; {@code functions} of a world are its exports. */
    record Scope(
            boolean world,
            WitToken name,
            String docs,
            List<Use> uses,
            List<Definition> definitions,
            List<Function> functions,
            List<WitToken> includes,
            List<WitToken> imports) {}

    /** {@code use from.{item as name}}. */
    record Use(WitToken from, WitToken item, WitToken name) {}

    record Function(
            WitToken name, String docs, List<Member> parameters, @Nullable Expression result) {}

    record Definition(WitToken name, String docs, Body body) {}

    /** A parameter, field, case or label. */
    record Member(WitToken name, @Nullable Expression type) {}

    sealed interface Body {}

    record Alias(Expression target) implements Body {}

    record RecordBody(List<Member> fields) implements Body {}

    record VariantBody(List<Member> cases) implements Body {}

    record EnumBody(List<Member> labels) implements Body {}

    sealed interface Expression {}

    record Named(WitToken name) implements Expression {}

    record Builtin(WitType.Primitive type) implements Expression {}

    record ListOf(Expression element) implements Expression {}

    record TupleOf(List<Expression> elements) implements Expression {}

    record OptionOf(Expression some) implements Expression {}

    record ResultOf(@Nullable Expression ok, @Nullable Expression error) implements Expression {}

    private WitSyntax() {}
}
