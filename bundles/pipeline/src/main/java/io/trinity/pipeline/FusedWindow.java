package io.trinity.pipeline;

import io.trinity.api.hook.Part;
import io.trinity.api.stream.Window;
import java.util.List;

/**
 * A window after fusion, with the parts that it was made of.
 *
 * @param parts with the weights that were used
 */
record FusedWindow(Window window, List<Part> parts) {
    FusedWindow {
        parts = List.copyOf(parts);
    }
}
