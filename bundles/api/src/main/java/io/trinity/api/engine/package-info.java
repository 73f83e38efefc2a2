/**
 * The port to a WebAssembly engine: inspect, compile, load, instantiate, call. Provided by {@code
 * wasm-bridge/engine}, used by the sandbox alone to run, and by reload to compile.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.api.engine;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
