package io.trinity.canonical.abi.wit;

import java.util.List;
import java.util.Optional;

/**
 * A WIT package: what one file says.
 *
 * @param name namespace and name, {@code trinity:plugin}
 * @param version {@code 0.1.0}; empty if the text gives none
 * @param docs the {@code ///} lines before {@code package}, joined by line feeds; empty if there
 *     are none
 * @param interfaces in the order of the text
 * @param worlds in the order of the text
 */
public record WitPackage(
        String name,
        String version,
        String docs,
        List<WitInterface> interfaces,
        List<WitWorld> worlds) {

    public WitPackage {
        interfaces = List.copyOf(interfaces);
        worlds = List.copyOf(worlds);
    }

    /**
     * Reads the text of one WIT file.
     *
     * @throws WitSyntaxException if it is not of the subset that this package reads, or if a name
     *     in it is unknown, taken twice, or defined by itself
     */
    public static WitPackage parse(String text) {
        return parse(text, List.of());
    }

    /**
     * Reads the text of one WIT file that may name interfaces and worlds of other packages, {@code
     * use trinity:plugin/types@0.1.0.{chunk}}.
     *
     * @param others texts of those packages, which name no others
     * @throws WitSyntaxException as {@link #parse(String)}, and for a package that is not among
     *     them or is there in another version
     */
    public static WitPackage parse(String text, List<String> others) {
        return new WitResolver(
                        new WitParser(WitLexer.tokens(text), false).document(),
                        others.stream()
                                .map(o -> new WitParser(WitLexer.tokens(o), true).document())
                                .toList())
                .resolve();
    }

    /** The interface of that name, if there is one. */
    public Optional<WitInterface> findInterface(String interfaceName) {
        return interfaces.stream().filter(found -> found.name().equals(interfaceName)).findFirst();
    }

    /** The world of that name, if there is one. */
    public Optional<WitWorld> findWorld(String worldName) {
        return worlds.stream().filter(found -> found.name().equals(worldName)).findFirst();
    }
}
