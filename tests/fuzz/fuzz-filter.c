/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: filter expressions.  An error's place must lie within the text.
 */
#include "hyptrace/lib/hyptrace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    uint32_t regs[HT_REG_COUNT] = {0};
    struct ht_event event = {.id = HT_EV_ENTRY_DABT_S2, .hsr = 0x93820007, .regs = regs};
    g_autoptr(HtVmNames) vms = ht_vm_names_new();
    struct ht_names names = {.vms = vms};
    struct ht_facts facts = {.event = &event, .names = &names};
    struct ht_filter_place place = {0, 0};
    g_autoptr(GError) error = NULL;
    g_autoptr(HtFilter) filter = ht_filter_new(text, ht_facts_language(), &place, &error);

    if (filter) {
        ht_filter_match(filter, &facts);
    } else {
        g_assert_true(error && place.offset_bytes + place.length_bytes <= strlen(text));
    }
    return 0;
}
