#include "trinity.h"
MANIFEST("runaway.json")

EXPORT(decide) result *decide(const u8 *address, u32 length, void *seen, u32 count) {
  (void)address, (void)length, (void)seen, (void)count;
  for (volatile u32 i = 0;; i++) {}
}
