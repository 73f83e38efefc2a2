/**
 * What every implementation of a typed service must do, as abstract JUnit 5 classes: one per
 * extension type, and one for the adapters that register the services. To be extended in the tests
 * of whoever implements one.
 */
@NullMarked
package io.trinity.testkit.contract;

import org.jspecify.annotations.NullMarked;
