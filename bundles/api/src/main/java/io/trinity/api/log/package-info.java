/** Words that logs have in common: who asked, the audit log's lines, and how often a line comes. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.log;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
