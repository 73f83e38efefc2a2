package io.trinity.canonical.abi.wit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads packages, interfaces, worlds and what stands in them. */
final class WitParser {
    private final WitTokens tokens;
    private final WitTypeParser types;
    private final boolean qualified;
    private final List<WitSyntax.PackageUse> packages = new ArrayList<>();
    private String qualifier = "";

    /**
     * @param qualified whether the names of interfaces and worlds get the package's before them,
     *     {@code trinity:plugin/types}, as others see them
     */
    WitParser(List<WitToken> tokens, boolean qualified) {
        this.tokens = new WitTokens(tokens);
        this.types = new WitTypeParser(this.tokens);
        this.qualified = qualified;
    }

    WitSyntax.Document document() {
        WitToken start = tokens.expect("package");
        String namespace = tokens.name("a namespace").text();
        tokens.expect(":");
        String name = namespace + ":" + tokens.name("a package name").text();
        String version = tokens.peek().kind() == WitToken.Kind.VERSION ? tokens.take().text() : "";
        tokens.expect(";");
        qualifier = qualified ? name + "/" : "";
        List<WitSyntax.Scope> scopes = new ArrayList<>();
        while (tokens.peek().kind() != WitToken.Kind.END) {
            scopes.add(scope());
        }
        return new WitSyntax.Document(name, version, start.docs(), scopes, packages);
    }

    private WitSyntax.Scope scope() {
        WitToken start = tokens.peek();
        boolean world = tokens.takeIf("world");
        if (!world && !tokens.takeIf("interface")) {
            throw start.problem("expected 'interface' or 'world' but found " + start.shown());
        }
        WitSyntax.Scope scope =
                new WitSyntax.Scope(
                        world,
                        own(tokens.name(world ? "the world's name" : "the interface's name")),
                        start.docs(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        tokens.expect("{");
        while (!tokens.takeIf("}")) {
            item(scope);
        }
        return scope;
    }

    private void item(WitSyntax.Scope scope) {
        WitToken start = tokens.peek();
        WitSyntax.@Nullable Definition definition = types.definition();
        if (definition != null) {
            scope.definitions().add(definition);
        } else if (tokens.takeIf("use")) {
            use(scope);
        } else if (scope.world()) {
            worldItem(scope, start);
        } else {
            scope.functions().add(function(start.docs()));
        }
    }

    private void use(WitSyntax.Scope scope) {
        WitToken from = reference("an interface");
        tokens.expect(".");
        scope.uses()
                .addAll(
                        tokens.listedSome(
                                "{",
                                "}",
                                "type",
                                () -> {
                                    WitToken item = tokens.name("a type's name");
                                    WitToken name =
                                            tokens.takeIf("as") ? tokens.name("a new name") : item;
                                    return new WitSyntax.Use(from, item, name);
                                }));
        tokens.expect(";");
    }

    private WitToken own(WitToken name) {
        return qualifier.isEmpty() ? name : name.renamed(qualifier + name.text());
    }

    /** {@code types}, or {@code trinity:plugin/types@0.1.0} of another package. */
    private WitToken reference(String what) {
        WitToken first = tokens.name(what);
        if (!tokens.takeIf(":")) {
            return own(first);
        }
        String other = first.text() + ":" + tokens.name("a package name").text();
        tokens.expect("/");
        WitToken name = first.renamed(other + "/" + tokens.name(what).text());
        String version = tokens.peek().kind() == WitToken.Kind.VERSION ? tokens.take().text() : "";
        packages.add(new WitSyntax.PackageUse(first, other, version));
        return name;
    }

    private void worldItem(WitSyntax.Scope scope, WitToken start) {
        if (tokens.takeIf("include")) {
            scope.includes().add(reference("a world"));
            tokens.expect(";");
        } else if (tokens.takeIf("import")) {
            scope.imports().add(reference("an interface"));
            tokens.expect(";");
        } else if (tokens.takeIf("export")) {
            scope.functions().add(function(start.docs()));
        } else {
            throw start.problem(
                    "expected include, import, export, use, type, record, variant or enum but found"
                            + " "
                            + start.shown());
        }
    }

    private WitSyntax.Function function(String docs) {
        WitToken name = tokens.name("a function's name");
        tokens.expect(":");
        tokens.expect("func");
        List<WitSyntax.Member> parameters =
                tokens.listed("(", ")", () -> types.typed("a parameter's name"));
        WitSyntax.@Nullable Expression result = tokens.takeIf("->") ? types.expression() : null;
        tokens.expect(";");
        return new WitSyntax.Function(name, docs, parameters, result);
    }
}
