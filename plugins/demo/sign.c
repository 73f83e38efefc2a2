#include "trinity.h"
MANIFEST("sign.json")

EXPORT(cabi_post_postchunk) void done(answer_verdict *a) { (void)a; free_all(); }
EXPORT(postchunk) answer_verdict *postchunk(chunk *chunks, u32 count) {
  static answer_verdict a;
  a = (answer_verdict){ 0, { PASS, 0, 0 } };
  bytes signature = TEXT("-- signed by a plugin\n");
  for (u32 i = 0; i < count; i++) {
    bytes t = chunks[i].payload;
    if (!same(chunks[i].modality, TEXT("text")) || !chunks[i].last || t.len + signature.len > 65536) continue;
    u8 *longer = alloc(t.len + signature.len);
    __builtin_memcpy(longer, t.ptr, t.len);
    __builtin_memcpy(longer + t.len, signature.ptr, signature.len);
    chunks[i].payload = (bytes){ longer, t.len + signature.len };
    a = (answer_verdict){ 0, { CHANGE, chunks, count } };
  }
  return &a;
}
