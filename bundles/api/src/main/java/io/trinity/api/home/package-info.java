/** The folders of one running Trinity. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.home;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
