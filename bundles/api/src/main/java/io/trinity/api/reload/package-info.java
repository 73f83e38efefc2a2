/**
 * From a file to a serving generation. Provided by reload; told by the deployer what the folder
 * says.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.reload;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
