package io.trinity.canonical.abi.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WitSyntaxErrorTest {

    /** The text, with a ^ before the place that is to be named, and a part of the message. */
    static Stream<Arguments> wrongTexts() {
        return Stream.of(
                Arguments.of("^interface i {}", "expected 'package' but found 'interface'"),
                Arguments.of("package a^;", "expected ':'"),
                Arguments.of("package a:b^@1;", "expected a version"),
                Arguments.of("package a:b^", "expected ';' but found the end of the text"),
                Arguments.of("package a:b; ^type t = u8;", "expected 'interface' or 'world'"),
                Arguments.of("package a:b; interface i {^", "found the end of the text"),
                Arguments.of(
                        "package a:b;\n interface ^list {}", "the keyword 'list'; write %list"),
                Arguments.of("package a:b; interface i { f: func(^from: u8); }", "write %from"),
                Arguments.of(
                        "package a:b; interface i { f: func(a: ^stream); }",
                        "the keyword 'stream'"),
                Arguments.of("package a:b; interface i {} world ^i {}", "already the name"),
                Arguments.of(
                        "package a:b; interface i { f: func(a: ^t); }", "no type named 't' in 'i'"),
                Arguments.of(
                        "package a:b; interface i { record r { a: u8, ^a: u8 } }", "already taken"),
                Arguments.of("package a:b; interface i { enum e { a, ^a } }", "already taken"),
                Arguments.of(
                        "package a:b; interface i { variant v { a, ^a(u8) } }", "already taken"),
                Arguments.of(
                        "package a:b; interface i { f: func(a: u8, ^a: u8); }", "already taken"),
                Arguments.of(
                        "package a:b; interface i { f: func(); ^f: func(); }", "already taken"),
                Arguments.of(
                        "package a:b; interface i { type t = u8; ^t: func(); }", "already taken"),
                Arguments.of(
                        "package a:b; interface i { type t = u8; type ^t = u8; }", "already taken"),
                Arguments.of("package a:b; interface i { record r ^{ } }", "at least one field"),
                Arguments.of("package a:b; interface i { variant v ^{ } }", "at least one case"),
                Arguments.of("package a:b; interface i { enum e ^{ } }", "at least one label"),
                Arguments.of(
                        "package a:b; interface i { type t = tuple^<>; }", "at least one type"),
                Arguments.of("package a:b; interface i { type t = result<_^>; }", "expected ','"),
                Arguments.of("package a:b; interface i { type t = list^; }", "expected '<'"),
                Arguments.of(
                        "package a:b; interface i { type t = option<u8^, u8>; }", "expected '>'"),
                Arguments.of("package a:b; interface i { type t = ^%u8; }", "no type named 'u8'"),
                Arguments.of(
                        "package a:b; interface i { record r { a: option<^r> } }",
                        "defined by itself"),
                Arguments.of(
                        "package a:b; interface i { use j.{t}; } interface j { use i.{^t}; }",
                        "by itself"),
                Arguments.of(
                        "package a:b; world j {} interface i { use ^j.{t}; }",
                        "no interface is named"),
                Arguments.of("package a:b; interface i { use ^j.{t}; }", "no interface is named"),
                Arguments.of(
                        "package a:b; interface j {} interface i { use j.{^t}; }",
                        "no type named 't' in 'j'"),
                Arguments.of(
                        "package a:b; world w { ^f: func(); }", "expected include, import, export"),
                Arguments.of("package a:b; world w { import ^x; }", "no interface is named 'x'"),
                Arguments.of(
                        "package a:b; interface i {} world w { include ^i; }", "no world is named"),
                Arguments.of(
                        "package a:b; world ^w { include v; } world v { include w; }",
                        "includes itself"),
                Arguments.of(
                        "package a:b; world v { export f: func(); } world ^w { include v; export f:"
                                + " func(); }",
                        "comes from v and from w"),
                Arguments.of("package a:b; interface i { ^flags f { a } }", "the keyword 'flags'"),
                Arguments.of("package a:b; ^/* no end", "no end"),
                Arguments.of("package a:b; /* a\n b */ ^$", "unexpected character '$'"),
                Arguments.of("package a:b; interface ^%1 {}", "expected a name"),
                Arguments.of(
                        "package a:b; interface i { f: func() ^-; }", "unexpected character '-'"));
    }

    @ParameterizedTest
    @MethodSource("wrongTexts")
    void anErrorNamesItsPlaceAndItsReason(String marked, String reason) {
        int at = marked.indexOf('^');
        String before = marked.substring(0, at);
        WitSyntaxException e =
                assertThrows(
                        WitSyntaxException.class,
                        () -> WitPackage.parse(before + marked.substring(at + 1)));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(before.chars().filter(c -> c == '\n').count() + 1, e.line(), e.getMessage());
        assertEquals(at - before.lastIndexOf('\n'), e.column(), e.getMessage());
        assertTrue(
                e.getMessage().startsWith("line " + e.line() + ", column " + e.column() + ": "),
                e.getMessage());
    }

    @Test
    void endlessNestingIsRefusedBeforeTheStackEnds() {
        String text = "package a:b; interface i { type t = " + "list<".repeat(100_000);
        WitSyntaxException e = assertThrows(WitSyntaxException.class, () -> WitPackage.parse(text));
        assertTrue(e.getMessage().contains("nested deeper"), e.getMessage());
    }

    /** Cuts a piece out of the contract: what is left is read or refused, and nothing else. */
    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void aDamagedTextIsReadOrRefused(
            @ForAll @IntRange(max = 20_000) int from, @ForAll @IntRange(max = 40) int length)
            throws IOException {
        String text =
                Files.readString(
                        Path.of(
                                "../../bundles/api/src/main/resources/io/trinity/api/contract/plugin.wit"));
        StringBuilder damaged = new StringBuilder(text);
        damaged.delete(from, from + length);
        try {
            WitPackage.parse(damaged.toString());
        } catch (WitSyntaxException e) {
            assertTrue(e.line() > 0 && e.column() > 0, e.getMessage());
        }
    }
}
