/** What Logback itself has to say, for people. */
@NullMarked
package io.trinity.logback;

import org.jspecify.annotations.NullMarked;
