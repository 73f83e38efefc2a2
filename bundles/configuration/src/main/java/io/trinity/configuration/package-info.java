/**
 * The files of {@code conf/} as configurations. {@link io.trinity.configuration.CfgText} says what
 * a file says, {@link io.trinity.configuration.Assignment} which file is in effect for a PID, and
 * {@link io.trinity.configuration.ConfigurationFolder} brings it into Config Admin.
 */
@NullMarked
package io.trinity.configuration;

import org.jspecify.annotations.NullMarked;
