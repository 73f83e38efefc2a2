/**
 * From a {@code .wasm} with a manifest to the bytes of one OSGi bundle, and the activator that runs
 * inside it. Generated bundles import this package; reload uses it to make them.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.wrapper;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
