/**
 * Interfaces {@code http} and {@code tcp} of the contract: requests and connections of plugins, to
 * the addresses that the scope of their grant names and to no others.
 */
@NullMarked
package io.trinity.network;

import org.jspecify.annotations.NullMarked;
