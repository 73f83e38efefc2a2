#include "trinity.h"
MANIFEST("shout.json")

EXPORT(cabi_post_postchunk) void done(answer_verdict *a) { (void)a; free_all(); }
EXPORT(postchunk) answer_verdict *postchunk(chunk *chunks, u32 count) {
  static answer_verdict a;
  a = (answer_verdict){ 0, { PASS, 0, 0 } };
  for (u32 i = 0; i < count; i++) {
    if (!same(chunks[i].modality, TEXT("text"))) continue;
    bytes t = chunks[i].payload;
    for (u32 k = 0; k < t.len; k++) if (t.ptr[k] >= 'a' && t.ptr[k] <= 'z') t.ptr[k] -= 32;
    a = (answer_verdict){ 0, { CHANGE, chunks, count } };
  }
  return &a;
}
