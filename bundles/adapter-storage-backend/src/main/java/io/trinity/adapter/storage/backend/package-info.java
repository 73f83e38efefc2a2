/** Each storage_backend plugin as a typed StorageBackend service. */
@NullMarked
package io.trinity.adapter.storage.backend;

import org.jspecify.annotations.NullMarked;
