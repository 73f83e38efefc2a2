/** Which plugins exist and in which state. Provided by the registry, the sole owner of state. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.registry;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
