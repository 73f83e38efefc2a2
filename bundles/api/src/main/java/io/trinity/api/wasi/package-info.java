/** What WASI needs of the host beyond the contract. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.wasi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
