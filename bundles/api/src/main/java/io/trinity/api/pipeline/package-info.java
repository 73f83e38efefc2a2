/** Running pipelines as services. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.pipeline;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
