package io.trinity.engine.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.trinity.api.engine.MemoryQuota;
import org.junit.jupiter.api.Test;

/** What a guest asks for is compared before it is computed with. */
class LinearMemoryTest {
    private static final class Quota implements MemoryQuota {
        long bytes;
        long heapBytes;

        @Override
        public boolean tryReserve(long more, long moreHeap) {
            bytes += more;
            heapBytes += moreHeap;
            return true;
        }

        @Override
        public void release(long less, long lessHeap) {
            bytes -= less;
            heapBytes -= lessHeap;
        }

        @Override
        public long limitBytes() {
            return Long.MAX_VALUE;
        }
    }

    private final Quota quota = new Quota();

    private LinearMemory memory(MemoryQuota of) {
        LinearMemory memory = new LinearMemory(new MemoryLimits(1, 32_767), of, new Meter());
        memory.fuel = Integer.MAX_VALUE;
        return memory;
    }

    @Test
    void pagesBeyondWhatAnIntHoldsAreRefused() {
        LinearMemory memory = memory(quota);
        assertEquals(-1, memory.grow(Integer.MAX_VALUE));
        assertEquals(65_536, quota.bytes);
    }
}
