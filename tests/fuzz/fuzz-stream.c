/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: the bytes of a stream, with intact metadata.
 */
#include <stdio.h>

#include "hyptrace/format/metadata.h"
#include "tests/fuzz/fuzz_dir.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_metadata(void)
{
    const struct ht_metadata_options options = {.cpu_count = 1, .registers = true, .icount = true};
    g_autofree char *path = g_build_filename(fuzz_dir(), "metadata", NULL);
    FILE *file = fopen(path, "w");

    g_assert_nonnull(file);
    ht_metadata_write(file, &options);
    fclose(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static gboolean begun;

    if (!begun) {
        write_metadata();
        begun = TRUE;
    }
    fuzz_write("stream_cpu0", data, size);
    fuzz_read();
    return 0;
}
