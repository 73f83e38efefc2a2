/** The typed service of plugins of type {@code modality_handler}. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.modality;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
