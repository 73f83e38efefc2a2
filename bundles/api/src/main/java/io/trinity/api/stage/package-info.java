/** The typed service of plugins of type {@code pipeline_stage}. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.stage;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
