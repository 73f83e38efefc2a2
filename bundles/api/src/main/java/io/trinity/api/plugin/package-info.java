/**
 * What a plugin is, seen from outside: its identity, state, answers and errors. Consumers call;
 * only the registry provides {@link io.trinity.api.plugin.Plugin}.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
