package io.trinity.canonical.abi.wit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the type behind a name, in whatever order and interface the names are written. */
final class WitTypeResolver {
    private final Map<String, Names> names = new HashMap<>();

    /** What the names of one interface or world stand for; the maps keep the order of the text. */
    private static final class Names {
        final Map<String, WitSyntax.Use> uses = new LinkedHashMap<>();
        final Map<String, WitSyntax.Definition> definitions = new LinkedHashMap<>();
        final Map<String, WitDefinition> resolved = new HashMap<>();
        final Set<String> underway = new HashSet<>();
        final boolean world;

        Names(WitSyntax.Scope scope) {
            world = scope.world();
            Set<String> taken = new HashSet<>();
            scope.uses().forEach(use -> uses.put(distinct(taken, use.name()), use));
            scope.definitions().forEach(own -> definitions.put(distinct(taken, own.name()), own));
        }

        List<String> all() {
            List<String> all = new ArrayList<>(uses.keySet());
            all.addAll(definitions.keySet());
            return all;
        }
    }

    WitTypeResolver(List<WitSyntax.Scope> scopes) {
        scopes.forEach(scope -> names.put(scope.name().text(), new Names(scope)));
    }

    /** The text of a name, now taken. */
    static String distinct(Set<String> taken, WitToken name) {
        if (!taken.add(name.text())) {
            throw name.problem(name.shown() + " is already taken here");
        }
        return name.text();
    }

    /** All names for types of an interface or world. */
    List<String> names(WitSyntax.Scope scope) {
        return namesOf(scope.name()).all();
    }

    List<WitDefinition> definitions(WitSyntax.Scope scope) {
        return names(scope).stream()
                .map(name -> definition(scope.name(), name, scope.name()))
                .toList();
    }

    /** The parameters of a function or the fields of a record. */
    WitType typeOf(WitToken scope, WitSyntax.Member member) {
        WitSyntax.@Nullable Expression type = member.type();
        if (type == null) {
            throw member.name().problem(member.name().shown() + " has no type");
        }
        return resolve(scope, type);
    }

    Optional<WitType> resolveOptional(WitToken scope, WitSyntax.@Nullable Expression expression) {
        return expression == null ? Optional.empty() : Optional.of(resolve(scope, expression));
    }

    private WitType resolve(WitToken scope, WitSyntax.Expression expression) {
        if (expression instanceof WitSyntax.Builtin builtin) {
            return builtin.type();
        }
        if (expression instanceof WitSyntax.Named named) {
            return definition(scope, named.name().text(), named.name()).type();
        }
        if (expression instanceof WitSyntax.ListOf list) {
            return new WitType.ListType(resolve(scope, list.element()));
        }
        if (expression instanceof WitSyntax.OptionOf option) {
            return new WitType.OptionType(resolve(scope, option.some()));
        }
        if (expression instanceof WitSyntax.TupleOf tuple) {
            return new WitType.TupleType(
                    tuple.elements().stream().map(element -> resolve(scope, element)).toList());
        }
        WitSyntax.ResultOf result = (WitSyntax.ResultOf) expression;
        return new WitType.ResultType(
                resolveOptional(scope, result.ok()), resolveOptional(scope, result.error()));
    }

    private WitDefinition definition(WitToken scope, String name, WitToken usedAt) {
        Names here = namesOf(scope);
        WitDefinition known = here.resolved.get(name);
        if (known != null) {
            return known;
        }
        if (!here.underway.add(name)) {
            throw usedAt.problem("the type '" + name + "' is defined by itself");
        }
        WitDefinition found = find(here, scope, name, usedAt);
        here.resolved.put(name, found);
        return found;
    }

    private WitDefinition find(Names here, WitToken scope, String name, WitToken usedAt) {
        WitSyntax.@Nullable Use use = here.uses.get(name);
        if (use != null) {
            Names source = names.get(use.from().text());
            if (source == null || source.world) {
                throw use.from().problem("no interface is named " + use.from().shown());
            }
            WitDefinition there = definition(use.from(), use.item().text(), use.item());
            return new WitDefinition(name, there.docs(), there.type());
        }
        WitSyntax.@Nullable Definition own = here.definitions.get(name);
        if (own == null) {
            throw usedAt.problem("no type named '" + name + "' in '" + scope.text() + "'");
        }
        return new WitDefinition(name, own.docs(), type(scope, own));
    }

    private WitType type(WitToken scope, WitSyntax.Definition definition) {
        String name = definition.name().text();
        WitSyntax.Body body = definition.body();
        if (body instanceof WitSyntax.Alias alias) {
            return resolve(scope, alias.target());
        }
        Set<String> taken = new HashSet<>();
        if (body instanceof WitSyntax.RecordBody record) {
            List<WitType.Field> fields = new ArrayList<>();
            record.fields()
                    .forEach(
                            field ->
                                    fields.add(
                                            new WitType.Field(
                                                    distinct(taken, field.name()),
                                                    typeOf(scope, field))));
            return new WitType.RecordType(name, fields);
        }
        if (body instanceof WitSyntax.VariantBody variant) {
            List<WitType.Case> cases = new ArrayList<>();
            variant.cases()
                    .forEach(
                            each ->
                                    cases.add(
                                            new WitType.Case(
                                                    distinct(taken, each.name()),
                                                    resolveOptional(scope, each.type()))));
            return new WitType.VariantType(name, cases);
        }
        WitSyntax.EnumBody labels = (WitSyntax.EnumBody) body;
        return new WitType.EnumType(
                name,
                labels.labels().stream().map(label -> distinct(taken, label.name())).toList());
    }

    private Names namesOf(WitToken scope) {
        Names found = names.get(scope.text());
        if (found == null) {
            throw new IllegalStateException("no scope " + scope.text());
        }
        return found;
    }
}
