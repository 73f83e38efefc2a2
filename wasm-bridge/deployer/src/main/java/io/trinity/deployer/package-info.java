/** Tells reload what the plugin folder says, and nothing else. */
@NullMarked
package io.trinity.deployer;

import org.jspecify.annotations.NullMarked;
