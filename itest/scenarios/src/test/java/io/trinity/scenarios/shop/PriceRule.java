package io.trinity.scenarios.shop;

import io.trinity.api.world.ExtensionDefinition;
import io.trinity.api.world.World;

/** Type {@code price_rule}. */
public final class PriceRule implements ExtensionDefinition {
    /** Its label. */
    public static final String TYPE = "price_rule";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String wit() {
        return """
        package acme:shop@1.0.0;

        interface types {
          record item { name: string, cents: u64, count: u32 }
          variant cost { free, cents(u64) }
        }

        world price-rule {
          include trinity:plugin/imports@0.1.0;
          use types.{item, cost};
          export price: func(customer: string, items: list<item>) -> result<cost, string>;
        }
        """;
    }

    @Override
    public Class<? extends World> world() {
        return PriceRuleWorld.class;
    }
}
