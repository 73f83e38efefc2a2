/** The last word on metered classes; shares no code with the rewriter that it judges. */
@NullMarked
package io.trinity.engine.verify;

import org.jspecify.annotations.NullMarked;
