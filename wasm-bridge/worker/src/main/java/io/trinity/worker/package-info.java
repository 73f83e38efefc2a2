/**
 * Work in a process of its own, because a thread cannot be killed and a process can. The host's
 * side is {@link io.trinity.worker.Worker}: it starts a JVM when there is something to ask, keeps
 * it while questions come, and kills it at its limits. The worker's side is {@link
 * io.trinity.worker.WorkerLoop}. Between them go {@link io.trinity.worker.Frame}s.
 *
 * <p>Neither side trusts the other: sizes are bounded before anything is read, every frame carries
 * the digest of what it holds, and the first thing that is out of order ends the worker. A worker
 * never outlives the process that started it.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.worker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
