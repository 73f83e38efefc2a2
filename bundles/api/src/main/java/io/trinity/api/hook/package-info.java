/** The hook bus: where the pipeline, the shell and plugins call the hooks of plugins. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.hook;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
