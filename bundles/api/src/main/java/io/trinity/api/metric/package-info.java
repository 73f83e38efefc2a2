/** Readings of metrics, who has them, and who writes them down. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.metric;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
