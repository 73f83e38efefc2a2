/** The typed service of plugins of type {@code agent_behavior}. */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.agent;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
