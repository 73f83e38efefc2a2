package io.trinity.api.world;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A type of plugins that a bundle brings. A whiteboard service: for as long as it is there, plugins
 * of the type are admitted. All methods answer the same at all times.
 */
@ConsumerType
public interface ExtensionDefinition {
    /**
     * Label of the type, {@code price_rule}; none of the contract's own. See {@link
     * io.trinity.api.plugin.ExtensionType#label}.
     */
    String type();

    /**
     * Text of a WIT file that has the type's world, {@code price-rule}. It may name interfaces and
     * worlds of {@code trinity:plugin}.
     */
    String wit();

    /**
     * The world in Java: a method for each function that it exports, of the same name. Public, and
     * compiled with names of parameters.
     */
    Class<? extends World> world();
}
