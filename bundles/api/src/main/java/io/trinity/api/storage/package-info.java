/** Key-value storage, by plugins of type {@code storage_backend} or by the host. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.storage;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
