/** Each modality_handler plugin as a typed ModalityHandler service. */
@NullMarked
package io.trinity.adapter.modality.handler;

import org.jspecify.annotations.NullMarked;
