package io.trinity.canonical.abi.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of other packages. */
class OtherPackagesTest {
    private static final String BASE =
            """
            package base:words@1.2.0;
            interface types { record point { x: s32 } type place = point; }
            interface clock { now: func() -> u64; }
            world imports { import types; import clock; }
            """;

    private static WitPackage parse(String text) {
        return WitPackage.parse(text, List.of(BASE));
    }

    @Test
    void typesAreUsedAndWorldsIncludedOfAnotherPackage() {
        WitPackage own =
                parse(
                        """
                        package acme:types;
                        interface types { enum colour { red } }
                        world prices {
                          include base:words/imports@1.2.0;
                          use base:words/types.{place as spot};
                          use types.{colour};
                          export price: func(at: spot, of: colour) -> u32;
                        }
                        """);
        assertEquals(List.of("types"), own.interfaces().stream().map(WitInterface::name).toList());
        WitWorld prices = own.findWorld("prices").orElseThrow();
        assertEquals(List.of("base:words/types", "base:words/clock"), prices.allImports());
        WitFunction price = prices.export("price").orElseThrow();
        assertEquals("prices.price", price.qualifiedName());
        assertEquals("point", price.parameters().get(0).type().toString());
        assertEquals("colour", price.parameters().get(1).type().toString());
    }

    @Test
    void whatIsNotThereIsTold() {
        assertProblem(
                "use base:words/types@1.3.0.{point};",
                "package base:words is here in version 1.2.0, not 1.3.0");
        assertProblem("use other:words/types.{point};", "no package other:words is known here");
        assertProblem(
                "use base:words/nowhere.{point};", "no interface is named 'base:words/nowhere'");
        assertProblem("use base:words/types.{line};", "no type named 'line' in 'base:words/types'");
        assertProblem("include base:words/types;", "no world is named 'base:words/types'");
    }

    private static void assertProblem(String item, String problem) {
        WitSyntaxException e =
                assertThrows(
                        WitSyntaxException.class,
                        () ->
                                parse(
                                        "package acme:types; world w { "
                                                + item
                                                + " export f: func(); }"));
        assertEquals(true, e.getMessage().contains(problem), e.getMessage());
    }
}
