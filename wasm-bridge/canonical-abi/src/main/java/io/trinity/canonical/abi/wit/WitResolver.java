package io.trinity.canonical.abi.wit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the syntax into the model: functions get their types, worlds what they include. */
final class WitResolver {
    private final WitSyntax.Document document;
    private final Map<String, WitSyntax.Scope> scopes = new LinkedHashMap<>();
    private final Map<String, WitWorld> worlds = new LinkedHashMap<>();
    private final Set<String> underway = new HashSet<>();
    private final WitTypeResolver types;

    /**
     * @param others packages that it may name, their scopes by their qualified names
     */
    WitResolver(WitSyntax.Document document, List<WitSyntax.Document> others) {
        this.document = document;
        for (WitSyntax.PackageUse used : document.packages()) {
            requireKnown(used, others);
        }
        List<WitSyntax.Scope> all = new ArrayList<>(document.scopes());
        others.forEach(other -> all.addAll(other.scopes()));
        for (WitSyntax.Scope scope : all) {
            if (scopes.put(scope.name().text(), scope) != null) {
                throw scope.name()
                        .problem(
                                scope.name().shown()
                                        + " is already the name of an interface or world");
            }
        }
        this.types = new WitTypeResolver(all);
    }

    private static void requireKnown(WitSyntax.PackageUse used, List<WitSyntax.Document> others) {
        for (WitSyntax.Document other : others) {
            if (other.name().equals(used.name())) {
                if (used.version().isEmpty() || used.version().equals(other.version())) {
                    return;
                }
                throw used.at()
                        .problem(
                                "package %s is here in version %s, not %s"
                                        .formatted(used.name(), other.version(), used.version()));
            }
        }
        throw used.at().problem("no package " + used.name() + " is known here");
    }

    WitPackage resolve() {
        List<WitInterface> interfaces = new ArrayList<>();
        List<WitWorld> resolvedWorlds = new ArrayList<>();
        for (WitSyntax.Scope scope : document.scopes()) {
            if (scope.world()) {
                resolvedWorlds.add(world(scope));
            } else {
                interfaces.add(
                        new WitInterface(
                                scope.name().text(),
                                scope.docs(),
                                types.definitions(scope),
                                functions(scope)));
            }
        }
        return new WitPackage(
                document.name(), document.version(), document.docs(), interfaces, resolvedWorlds);
    }

    private List<WitFunction> functions(WitSyntax.Scope scope) {
        List<WitFunction> functions = new ArrayList<>();
        Set<String> names = new HashSet<>(types.names(scope));
        for (WitSyntax.Function function : scope.functions()) {
            String name = WitTypeResolver.distinct(names, function.name());
            Set<String> parameterNames = new HashSet<>();
            List<WitFunction.Parameter> parameters = new ArrayList<>();
            for (WitSyntax.Member parameter : function.parameters()) {
                parameters.add(
                        new WitFunction.Parameter(
                                WitTypeResolver.distinct(parameterNames, parameter.name()),
                                types.typeOf(scope.name(), parameter)));
            }
            functions.add(
                    new WitFunction(
                            scope.name().text(),
                            name,
                            function.docs(),
                            parameters,
                            types.resolveOptional(scope.name(), function.result())));
        }
        return functions;
    }

    private WitWorld world(WitSyntax.Scope scope) {
        String name = scope.name().text();
        WitWorld known = worlds.get(name);
        if (known != null) {
            return known;
        }
        if (!underway.add(name)) {
            throw scope.name().problem("the world " + scope.name().shown() + " includes itself");
        }
        Set<String> allImports = new LinkedHashSet<>();
        Map<String, WitFunction> allExports = new LinkedHashMap<>();
        List<String> includes = new ArrayList<>();
        for (WitToken include : scope.includes()) {
            WitWorld included = world(scope(include, true));
            includes.add(included.name());
            allImports.addAll(included.allImports());
            included.allExports().forEach(export -> add(allExports, export, include));
        }
        List<String> imports =
                scope.imports().stream()
                        .map(token -> scope(token, false).name().text())
                        .distinct()
                        .toList();
        allImports.addAll(imports);
        List<WitFunction> exports = functions(scope);
        exports.forEach(export -> add(allExports, export, scope.name()));
        WitWorld world =
                new WitWorld(
                        name,
                        scope.docs(),
                        types.definitions(scope),
                        includes,
                        imports,
                        exports,
                        List.copyOf(allImports),
                        List.copyOf(allExports.values()));
        worlds.put(name, world);
        return world;
    }

    /** The same world may come in by two ways, but not two exports with one name. */
    private static void add(Map<String, WitFunction> exports, WitFunction export, WitToken from) {
        WitFunction before = exports.putIfAbsent(export.name(), export);
        if (before != null && !before.owner().equals(export.owner())) {
            throw from.problem(
                    "the export '"
                            + export.name()
                            + "' comes from "
                            + before.owner()
                            + " and from "
                            + export.owner());
        }
    }

    private WitSyntax.Scope scope(WitToken name, boolean world) {
        WitSyntax.@Nullable Scope scope = scopes.get(name.text());
        if (scope == null || scope.world() != world) {
            throw name.problem(
                    "no " + (world ? "world" : "interface") + " is named " + name.shown());
        }
        return scope;
    }
}
