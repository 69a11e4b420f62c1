/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of events and the registers that one changed.
 */
#include <stddef.h>
#include <glib.h>

#include "hyptrace/format/maintenance.h"
#include "hyptrace/lib/bytes.h"
#include "hyptrace/lib/event.h"

const char *ht_event_name(unsigned id)
{
    static const char *const names[256] = {
        [HT_EV_REGISTERS] = "registers",
        [HT_EV_ACTIVATION] = "hyp_activation",
        [HT_EV_RETURN] = "hyp_return",
        [HT_EV_NESTED_RETURN] = "hyp_nested_return",
        [HT_EV_MARK] = "mark",
        [HT_EV_CONSOLE] = "console",
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
        [HT_EV_GICV_ACK] = "gicv_ack",
        [HT_EV_GICV_EOI] = "gicv_eoi",
        [HT_EV_GICV_DIR] = "gicv_dir",
        [HT_EV_TLB] = "tlb",
        [HT_EV_CACHE] = "cache",
        [HT_EV_WRITE] = "write",
        [HT_EV_WRITE64] = "write64",
        [HT_EV_TRANSLATION] = "ats",
        [HT_EV_POWER] = "power",
        [HT_EV_SLEEP] = "sleep",
        [HT_EV_WAKE] = "wake",
        [HT_EV_WAIT] = "wait",
    };

    return id < 256 ? names[id] : NULL;
}

static const char *power_word(unsigned kind)
{
    static const char *const words[] = {
        [HT_POWER_OFF] = "off", [HT_POWER_ON] = "on", [HT_POWER_RESET] = "reset",
    };

    return kind < G_N_ELEMENTS(words) ? words[kind] : NULL;
}

#define FIELD8(name, member, word) {name, offsetof(struct ht_event, member), 1, 0, 0, word}
#define FIELD32(name, member) {name, offsetof(struct ht_event, member), 4, 0, 0, NULL}
#define WAKE_BIT(name, bit) {name, offsetof(struct ht_event, wake), 1, bit, 1, NULL}

const struct ht_event_field *ht_event_fields(unsigned id)
{
    static const struct ht_event_field fields[256][HT_EVENT_FIELDS_MAX + 1] = {
        [HT_EV_MARK] = {FIELD8("option", option, NULL), FIELD32("pc", pc)},
        [HT_EV_CONSOLE] = {FIELD8("port", port, NULL), FIELD8("byte", byte, NULL)},
        [HT_EV_GIC_ACK] = {FIELD32("iar", value)},
        [HT_EV_GIC_EOI] = {FIELD32("eoir", value)},
        [HT_EV_GIC_DIR] = {FIELD32("dir", value)},
        [HT_EV_GICH_LR] = {FIELD8("lr", lr, NULL), FIELD32("value", value)},
        [HT_EV_GICV_ACK] = {FIELD32("iar", value)},
        [HT_EV_GICV_EOI] = {FIELD32("eoir", value)},
        [HT_EV_GICV_DIR] = {FIELD32("dir", value)},
        [HT_EV_TLB] = {FIELD8("op", op, ht_tlb_op_name), FIELD32("operand", value)},
        [HT_EV_CACHE] = {FIELD8("op", op, ht_cache_op_name), FIELD32("first", value),
                         FIELD32("last", last), FIELD32("count", count)},
        [HT_EV_WRITE] = {FIELD8("row", row, ht_reg_name), FIELD32("value", value)},
        [HT_EV_WRITE64] = {FIELD8("row", row, ht_reg_name), FIELD32("value", value),
                           FIELD32("value_hi", value_hi)},
        [HT_EV_TRANSLATION] = {FIELD8("op", op, ht_translation_op_name), FIELD32("va", value)},
        [HT_EV_POWER] = {FIELD8("kind", kind, power_word), FIELD32("pc", pc)},
        [HT_EV_WAKE] = {WAKE_BIT("irq", 0), WAKE_BIT("fiq", 1), WAKE_BIT("virq", 2),
                        WAKE_BIT("vfiq", 3), WAKE_BIT("vabort", 4)},
    };

    return id < 256 && (fields[id][0].name || id == HT_EV_SLEEP || id == HT_EV_WAIT) ? fields[id] : NULL;
}

uint32_t ht_event_field_value(const struct ht_event *event, const struct ht_event_field *field)
{
    const uint8_t *at = (const uint8_t *)event + field->at;
    uint32_t value = field->size == 1 ? *at : *(const uint32_t *)(const void *)at;

    return field->bits ? value >> field->shift & ((1u << field->bits) - 1) : value;
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
