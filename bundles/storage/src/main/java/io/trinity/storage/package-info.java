/** The host's own StorageBackend, on H2's MVStore. */
@NullMarked
package io.trinity.storage;

import org.jspecify.annotations.NullMarked;
