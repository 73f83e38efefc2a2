/**
 * The host program that plugins extend: files from the inbox as streams of chunks, results to the
 * outbox.
 */
@NullMarked
package io.trinity.pipeline;

import org.jspecify.annotations.NullMarked;
