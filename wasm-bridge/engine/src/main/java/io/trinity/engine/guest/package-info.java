/**
 * The guest-runtime: what metered classes link to. Compiled code counts its fuel and its frames in
 * {@link io.trinity.engine.guest.LinearMemory}, which every compiled function is handed anyway.
 *
 * <p>Exported for generated bundles alone. Every public static method of the {@code …Ops} classes
 * may be called by a guest, so whatever is added there is part of the sandbox's wall.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("0.1.0")
@NullMarked
package io.trinity.engine.guest;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
