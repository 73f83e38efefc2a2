/**
 * Interfaces {@code files} and {@code file-changes} of the contract, and what WASI needs beyond
 * them: files below the directories that the scope of a grant names. A path is walked one name at a
 * time, each relative to the directory that was opened before it, and no link is followed.
 */
@NullMarked
package io.trinity.files;

import org.jspecify.annotations.NullMarked;
