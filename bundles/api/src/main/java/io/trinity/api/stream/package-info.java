/** Chunks, the pieces that streams are made of. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.stream;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
