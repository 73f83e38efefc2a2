package io.trinity.storage;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to the {@link Table} and back.
 *
 * @param changes whether it may be answered only after {@link Table#makeDurable}
 */
record Work<T extends @Nullable Object>(
        boolean changes, Function<Table, T> does, CompletableFuture<T> answer) {

    /** Does it, and says how to tell who asked for it. */
    Runnable run(Table table) {
        T value = does.apply(table);
        return () -> answer.complete(value);
    }
}
