/**
 * Reads the subset of WIT that {@code plugin.wit} uses, into immutable records with all names
 * resolved.
 *
 * <p>The subset: one package per file; interfaces and worlds; {@code use}, with {@code as}, within
 * the package and of packages that are given beside it; type aliases, records, variants, enums;
 * functions in interfaces; in worlds {@code include}, {@code import} of an interface and {@code
 * export} of a function; bool, integers, floats, char, string, list, tuple, option, result.
 * Everything else of WIT (resources, flags, streams, futures, feature gates, nested packages) is
 * refused with line and column. Source: Component Model, design/mvp/WIT.md.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.canonical.abi.wit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
