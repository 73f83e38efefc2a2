/** A bundle from outside that brings a sixth type of plugins. */
package io.trinity.scenarios.shop;
