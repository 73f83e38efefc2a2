#include "trinity.h"
MANIFEST("tokenizer-2.json")

EXPORT(cabi_post_process) void done(result *r) { (void)r; free_all(); }
EXPORT(process) result *process(chunk *chunks, u32 count) { return ok(chunks, count); }

EXPORT(cabi_post_check) void checked(result *r) { (void)r; free_all(); }
EXPORT(check) result *check(void) { return err(TEXT("the table of words is empty")); }
