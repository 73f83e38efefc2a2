package io.trinity.canonical.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.canonical.abi.wit.WitDefinition;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitInterface;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.canonical.abi.wit.WitType;
import io.trinity.canonical.abi.wit.WitWorld;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The contract against signatures.md, which wasm-tools printed: every row, and no function or type
 * without one.
 */
class SignaturesTest {
    private static final String WIT = TestFunctions.plugin();
    private static final WitPackage PLUGIN = WitPackage.parse(WIT);

    @Test
    void everyImportHasTheSignatureOfTheTable() {
        Map<String, WitFunction> functions = new TreeMap<>();
        for (WitInterface each : PLUGIN.interfaces()) {
            each.functions().forEach(function -> functions.put(function.qualifiedName(), function));
        }
        compare("## Imports", functions, 38, true);
    }

    @Test
    void everyExportHasTheSignatureOfTheTable() {
        Map<String, WitFunction> functions = new TreeMap<>();
        for (WitWorld each : PLUGIN.worlds()) {
            each.exports().forEach(function -> functions.put(function.qualifiedName(), function));
        }
        compare("## Exports", functions, 21, false);
    }

    private static void compare(
            String section, Map<String, WitFunction> functions, int expected, boolean imports) {
        List<List<String>> rows = rows(section);
        assertEquals(expected, rows.size());
        assertEquals(
                functions.keySet(),
                rows.stream()
                        .map(row -> row.get(0) + "." + row.get(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (List<String> row : rows) {
            WitFunction function =
                    Objects.requireNonNull(functions.get(row.get(0) + "." + row.get(1)));
            WitFunction asInTable = parsedInPlace(row, imports);
            assertEquals(asInTable.parameters(), function.parameters(), row.toString());
            assertEquals(asInTable.result(), function.result(), row.toString());
            CoreSignature signature =
                    imports
                            ? ImportCodec.of(function).signature()
                            : ExportCodec.of(function).signature();
            assertEquals(row.get(3), core(signature), row.toString());
            assertEquals(row.get(4), area(signature), row.toString());
        }
    }

    /**
     * Reads the WIT column as a further function of the same interface or world, where its names
     * mean the same.
     */
    private static WitFunction parsedInPlace(List<String> row, boolean imports) {
        String head = (imports ? "interface " : "world ") + row.get(0) + " {";
        assertTrue(WIT.contains(head), head);
        String text =
                WIT.replace(
                        head,
                        head
                                + (imports ? " row-check: func" : " export row-check: func")
                                + row.get(2)
                                + ";");
        WitPackage parsed = WitPackage.parse(text);
        return imports
                ? parsed.findInterface(row.get(0)).orElseThrow().function("row-check").orElseThrow()
                : parsed.findWorld(row.get(0)).orElseThrow().export("row-check").orElseThrow();
    }

    @Test
    void everyRecordAndVariantHasTheLayoutOfTheTable() {
        Map<String, String> layouts = new TreeMap<>();
        Stream.concat(
                        PLUGIN.interfaces().stream().flatMap(each -> each.types().stream()),
                        PLUGIN.worlds().stream().flatMap(each -> each.types().stream()))
                .filter(SignaturesTest::isInTable)
                .forEach(type -> layouts.put(type.name(), layout(type.type())));
        Map<String, String> expected = new TreeMap<>();
        rows("## Layout")
                .forEach(row -> expected.put(row.get(0), String.join(" | ", row.subList(1, 4))));
        assertEquals(21, expected.size());
        assertEquals(expected, layouts);
    }

    private static boolean isInTable(WitDefinition definition) {
        return definition.type() instanceof WitType.Product
                || definition.type() instanceof WitType.VariantType;
    }

    private static String layout(WitType type) {
        Layout layout = Layout.of(type);
        List<String> parts = new ArrayList<>();
        String offsets;
        if (type instanceof WitType.Product product) {
            for (int i = 0; i < product.fields().size(); i++) {
                parts.add(product.fields().get(i).name() + " " + layout.offsets().get(i));
            }
            offsets = String.join(", ", parts);
        } else {
            List<WitType.Case> cases = ((WitType.Sum) type).cases();
            for (int i = 0; i < cases.size(); i++) {
                parts.add(i + " " + cases.get(i).name());
            }
            offsets =
                    "tag "
                            + layout.offsets().get(0)
                            + ", payload "
                            + layout.offsets().get(1)
                            + ": "
                            + String.join(", ", parts);
        }
        return layout.size() + " | " + layout.alignment() + " | " + offsets;
    }

    private static String core(CoreSignature signature) {
        String params = types(signature.params());
        String results = types(signature.results());
        return "(" + params + ") -> " + (results.isEmpty() ? "()" : results);
    }

    private static String types(List<CoreType> types) {
        return types.stream()
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    private static String area(CoreSignature signature) {
        return signature.hasReturnArea()
                ? signature.returnAreaSize() + "/" + signature.returnAreaAlign()
                : "–";
    }

    private static List<List<String>> rows(String section) {
        return Stream.of(table().split("\n## "))
                .filter(part -> ("## " + part).startsWith(section))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(
                        line ->
                                Stream.of(line.substring(1).split("\\|"))
                                        .map(cell -> cell.strip().replace("`", ""))
                                        .toList())
                .toList();
    }

    private static String table() {
        try (InputStream in =
                Objects.requireNonNull(
                        SignaturesTest.class.getResourceAsStream("/signatures.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
