/** What the operator allows, read from Config Admin, and changed by command. */
@NullMarked
package io.trinity.policy;

import org.jspecify.annotations.NullMarked;
