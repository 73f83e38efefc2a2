/**
 * Compilation in a process of its own. The host looks at a module's outline only; what a strange
 * module does to parser, compiler and verifier, it does to a JVM that can be killed.
 */
@NullMarked
package io.trinity.engine.isolate;

import org.jspecify.annotations.NullMarked;
