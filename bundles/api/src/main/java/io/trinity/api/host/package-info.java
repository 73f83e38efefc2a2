/**
 * What the host offers to plugins: one interface for each interface of {@code plugin.wit} that has
 * functions, with the same names. Parameter names, record components, enum constants and cases of
 * variants are compared with WIT by name when the sandbox starts, and by a test when it is built.
 *
 * <p>An owner implements one and registers it as {@link io.trinity.api.sandbox.HostInterface}, with
 * the name of the interface as a service property. The sandbox binds its methods once, when it
 * links a guest, and stands before each call: capability, limits and the canonical ABI are checked
 * there. Called on the thread of the guest's call, from many threads at once.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.host;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
