package io.trinity.pipeline;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.stream.Chunk;

/**
 * A chunk that waits in a named stream, and counts towards the memory of the plugin that pushed it.
 *
 * @param pusher name of that plugin
 * @param heapBytes what it is counted with
 */
record QueuedChunk(String pusher, Chunk chunk, MemoryQuota memory, long heapBytes) {
    /** Records, lists, arrays' headers and the place in the queue. */
    private static final long FIXED_BYTES = 256;

    /** Two strings and the record of an attribute. */
    private static final long ATTRIBUTE_BYTES = 144;

    private static final long CHAR_BYTES = 2;

    /** It has been pulled, or is dropped. */
    void release() {
        memory.release(heapBytes);
    }

    /** What a chunk takes of the heap, estimated from above. */
    static long heapBytes(Chunk c) {
        long chars = (long) c.contentType().length() + c.modality().length() + c.stream().length();
        for (Chunk.Attribute a : c.attributes()) {
            chars += a.name().length() + (long) a.value().length();
        }
        return FIXED_BYTES
                + c.payload().length
                + c.attributes().size() * ATTRIBUTE_BYTES
                + chars * CHAR_BYTES;
    }
}
