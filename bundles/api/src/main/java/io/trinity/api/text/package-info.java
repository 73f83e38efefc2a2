/** Text of strangers, made fit to be shown: to people, in logs and in JSON. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
