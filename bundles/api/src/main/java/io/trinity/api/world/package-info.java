/**
 * What plugins export: one interface for each world of {@code plugin.wit} that exports functions,
 * with the same names and {@code World} at the end. Compared with WIT by name when the sandbox
 * starts, and by a test when it is built.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.world;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
