/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of events and the registers that one changed.
 */
#include <stddef.h>

#include "hyptrace/lib/bytes.h"
#include "hyptrace/lib/event.h"

const char *ht_event_name(unsigned id)
{
    static const char *const names[256] = {
        [HT_EV_REGISTERS] = "registers",
        [HT_EV_ACTIVATION] = "hyp_activation",
        [HT_EV_RETURN] = "hyp_return",
        [HT_EV_NESTED_RETURN] = "hyp_nested_return",
        [HT_EV_ENTRY_SYNC] = "hyp_entry_sync",
        [HT_EV_ENTRY_DABT] = "hyp_entry_dabt",
        [HT_EV_ENTRY_DABT_S2] = "hyp_entry_dabt_s2",
        [HT_EV_ENTRY_IABT] = "hyp_entry_iabt",
        [HT_EV_ENTRY_IABT_S2] = "hyp_entry_iabt_s2",
        [HT_EV_ENTRY_IRQ] = "hyp_entry_irq",
        [HT_EV_ENTRY_FIQ] = "hyp_entry_fiq",
        [HT_EV_ENTRY_SERROR] = "hyp_entry_serror",
        [HT_EV_GIC_ACK] = "gic_ack",
        [HT_EV_GIC_EOI] = "gic_eoi",
        [HT_EV_GIC_DIR] = "gic_dir",
        [HT_EV_GICH_LR] = "gich_lr",
    };

    return id < 256 ? names[id] : NULL;
}

/* The coded registers in a delta; their new values are in regs by now.  Returns the bytes used. */
static size_t list_coded(const struct ht_event *event, struct ht_change *changes, unsigned *count)
{
    uint32_t codes = ht_le32(event->delta);
    size_t bytes = event->delta_lists ? 4 + 2 : 4;

    for (unsigned row = 0; row < HT_CORE_COUNT; row++) {
        static const uint8_t value_bytes[] = {
            [HT_CODE_SAME] = 0, [HT_CODE_U8] = 1, [HT_CODE_U16] = 2, [HT_CODE_U32] = 4,
        };
        unsigned code = codes >> (2 * row) & 3;

        if (code != HT_CODE_SAME) {
            changes[(*count)++] = (struct ht_change) {row, event->regs[row]};
            bytes += value_bytes[code];
        }
    }
    return bytes;
}

unsigned ht_event_changes(const struct ht_event *event, struct ht_change *changes)
{
    const uint8_t *p = event->delta;
    unsigned count = 0, rows;

    if (!p) {
        return 0;
    }
    if (event->delta_coded) {
        p += list_coded(event, changes, &count);
    }
    for (rows = *p++; rows; rows--, p += 5) {
        changes[count++] = (struct ht_change) {p[0], ht_le32(p + 1)};
    }
    return count;
}
