/**
 * Guarded generations. Provided by the sandbox; {@link io.trinity.api.sandbox.HostInterface} is a
 * whiteboard that others provide.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.sandbox;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
