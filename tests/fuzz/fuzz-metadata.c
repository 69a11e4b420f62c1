/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: the text of the metadata, with empty streams.
 */
#include "tests/fuzz/fuzz_dir.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_write("metadata", data, size);
    fuzz_write("stream_cpu0", "", 0);
    fuzz_read();
    return 0;
}
