/**
 * From a file in the folder to a serving generation: prepare, verify, swap, drain, commit or roll
 * back.
 */
@NullMarked
package io.trinity.reload;

import org.jspecify.annotations.NullMarked;
