/**
 * The WIT package {@code trinity:plugin} as a file, and its version: the one source of truth for
 * what host and guest say to each other.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.contract;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
