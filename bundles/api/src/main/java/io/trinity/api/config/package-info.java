/**
 * How components read their configuration: a value that is not valid is told of and has no effect.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
