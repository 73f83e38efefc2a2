/** Each plugin of type {@code pipeline_stage} as a typed service. */
@NullMarked
package io.trinity.adapter.pipeline.stage;

import org.jspecify.annotations.NullMarked;
