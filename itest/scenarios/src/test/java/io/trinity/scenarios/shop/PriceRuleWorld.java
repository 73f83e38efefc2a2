package io.trinity.scenarios.shop;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.world.World;
import java.util.List;

/** World {@code price-rule}: what a basket costs. */
public interface PriceRuleWorld extends World {
    /** So many of one thing. */
    record Item(String name, long cents, long count) {}

    /** What there is to pay. */
    sealed interface Cost {
        /** Nothing. */
        record Free() implements Cost {}

        /** So much. */
        record Cents(long amount) implements Cost {}
    }

    /** Finds the price. */
    Answer<Cost> price(CallOptions options, String customer, List<Item> items);
}
