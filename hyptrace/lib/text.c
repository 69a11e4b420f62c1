/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Events in words.
 */
#include <string.h>

#include "armv7/gicv2.h"
#include "armv7/hsr.h"
#include "armv7/hsr_names.h"
#include "hyptrace/lib/text.h"

void ht_text_hex(GString *out, uint64_t value, unsigned digits)
{
    char text[16];
    unsigned count = 0;

    do {
        text[15 - count++] = "0123456789abcdef"[value & 15];
        value >>= 4;
    } while (value || count < digits);
    g_string_append_len(out, "0x", 2);
    g_string_append_len(out, text + 16 - count, count);
}

void ht_text_dec(GString *out, uint64_t value, unsigned width)
{
    char text[20];
    unsigned count = 0;

    do {
        text[19 - count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    for (unsigned i = count; i < width; i++) {
        g_string_append_c(out, ' ');
    }
    g_string_append_len(out, text + 20 - count, count);
}

void ht_text_pad(GString *out, size_t start, unsigned width)
{
    size_t length = out->len;

    if (length < start + width) {
        g_string_set_size(out, start + width);
        memset(out->str + length, ' ', start + width - length);
    }
}

void ht_text_where(GString *out, struct ht_where where)
{
    if (where.vm == HT_VM_HOST) {
        g_string_append_len(out, "host/", 5);
    } else {
        g_string_append_len(out, "vm", 2);
        ht_text_dec(out, where.vm, 0);
        g_string_append_c(out, '/');
    }
    ht_text_dec(out, where.vcpu, 0);
}

static void append_register(GString *out, unsigned number)
{
    static const char *const names[16] = {
        "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7",
        "r8", "r9", "r10", "r11", "r12", "sp", "lr", "pc",
    };

    g_string_append(out, names[number & 15]);
}

static void append_detail(GString *out, const struct ht_cause *cause)
{
    char text[64];

    ht_cause_detail(cause, NULL, text, sizeof(text));
    g_string_append(out, text);
}

/* "read SCTLR -> r3", "write TTBR0 <- r2, r3" */
static void append_move(GString *out, const struct ht_cause *cause, bool is_read, unsigned rt,
                        int rt2)
{
    g_string_append(out, is_read ? "read " : "write ");
    append_detail(out, cause);
    g_string_append(out, is_read ? " -> " : " <- ");
    append_register(out, rt);
    if (rt2 >= 0) {
        g_string_append(out, ", ");
        append_register(out, (unsigned)rt2);
    }
}

static void append_ldc(GString *out, uint32_t hsr)
{
    struct hsr_ldc ldc = hsr_decode_ldc(hsr);

    g_string_append(out, ldc.is_load ? "ldc [" : "stc [");
    append_register(out, ldc.rn);
    g_string_append(out, ldc.add ? "], #" : "], #-");
    ht_text_dec(out, 4u * ldc.imm8, 0);
}

static void append_address(GString *out, uint64_t ipa, const HtMap *map)
{
    uint64_t offset_bytes;
    const char *name = map ? ht_map_find(map, ipa, &offset_bytes) : NULL;

    ht_text_hex(out, ipa, 8);
    if (name) {
        g_string_append_c(out, ' ');
        g_string_append(out, name);
        g_string_append_c(out, '+');
        ht_text_hex(out, offset_bytes, 1);
    }
}

/* Size and register of a data access, where the syndrome has them. */
static void append_access(GString *out, const struct hsr_abort *abort)
{
    if (abort->isv) {
        g_string_append(out, abort->write ? " <- " : " -> ");
        append_register(out, abort->srt);
        g_string_append(out, ", ");
        ht_text_dec(out, abort->size_bytes, 0);
        g_string_append(out, " B");
        g_string_append(out, abort->sign_extend ? " signed" : "");
    }
}

static void append_fault(GString *out, const struct hsr_abort *abort)
{
    const char *name = hsr_fsc_name(abort->fsc);

    g_string_append(out, ", ");
    if (name) {
        g_string_append(out, name);
    } else {
        g_string_append(out, "fault status ");
        ht_text_hex(out, abort->fsc, 2);
    }
    g_string_append(out, abort->s1ptw ? ", S1 walk" : "");
    g_string_append(out, abort->cache_maintenance ? ", cache op" : "");
    g_string_append(out, abort->external ? ", EA" : "");
}

/* A plain MMIO access is a translation fault at level 3; only others name their fault. */
static bool is_plain(const struct hsr_abort *abort)
{
    return abort->isv && (abort->fsc & ~3u) == HSR_FSC_TRANSLATION;
}

static void append_dabt(GString *out, const struct ht_event *event, const HtMap *map)
{
    struct hsr_abort abort = hsr_decode_dabt(event->hsr);

    g_string_append(out, abort.write ? "write " : "read ");
    if (ht_event_is_stage2(event)) {
        append_address(out, hsr_fault_ipa(event->hpfar, event->far), map);
    } else {
        g_string_append(out, "va ");
        ht_text_hex(out, event->far, 8);
    }
    append_access(out, &abort);
    if (!ht_event_is_stage2(event) || !is_plain(&abort)) {
        append_fault(out, &abort);
    }
}

static void append_iabt(GString *out, const struct ht_event *event, const HtMap *map)
{
    struct hsr_abort abort = hsr_decode_iabt(event->hsr);

    g_string_append(out, "fetch ");
    if (ht_event_is_stage2(event)) {
        append_address(out, hsr_fault_ipa(event->hpfar, event->far), map);
    } else {
        g_string_append(out, "va ");
        ht_text_hex(out, event->far, 8);
    }
    append_fault(out, &abort);
}

void ht_text_cause(GString *out, const struct ht_event *event, const HtMap *map)
{
    struct ht_cause cause = ht_cause_of(event);
    struct hsr_mcrr mcrr;
    struct hsr_mcr mcr;

    switch ((enum ht_class)cause.cls) {
    case HT_CLASS_CP15:
    case HT_CLASS_CP14:
    case HT_CLASS_VMRS:
        mcr = hsr_decode_mcr(event->hsr);
        append_move(out, &cause, mcr.is_read, mcr.rt, -1);
        break;
    case HT_CLASS_CP15_64:
    case HT_CLASS_CP14_64:
        mcrr = hsr_decode_mcrr(event->hsr);
        append_move(out, &cause, mcrr.is_read, mcrr.rt, mcrr.rt2);
        break;
    case HT_CLASS_CP14_LDC:
        append_ldc(out, event->hsr);
        break;
    case HT_CLASS_DABT:
    case HT_CLASS_DABT_S2:
        append_dabt(out, event, map);
        break;
    case HT_CLASS_IABT:
    case HT_CLASS_IABT_S2:
        append_iabt(out, event, map);
        break;
    case HT_CLASS_BXJ:
        append_register(out, HSR_GET(event->hsr, BXJ_RM));
        break;
    case HT_CLASS_UNKNOWN:
    case HT_CLASS_HCPTR:
    case HT_CLASS_SVC:
    case HT_CLASS_HVC:
    case HT_CLASS_DEBUG:
    case HT_CLASS_SERROR:
        append_detail(out, &cause);
        break;
    case HT_CLASS_WFI:
    case HT_CLASS_WFE:
    case HT_CLASS_JAZELLE:
    case HT_CLASS_SMC:
    case HT_CLASS_IRQ:
    case HT_CLASS_FIQ:
    case HT_CLASS_COUNT:
        break;
    }
}

void ht_text_list_register(GString *out, uint32_t value)
{
    static const char *const states[4] = {
        [GICH_LR_INVALID] = "invalid", [GICH_LR_PENDING] = "pending",
        [GICH_LR_ACTIVE] = "active", [GICH_LR_PENDING_ACTIVE] = "pending+active",
    };

    g_string_append(out, states[GICH_LR_GET(value, STATE)]);
    g_string_append(out, " intid ");
    ht_text_dec(out, GICH_LR_GET(value, VIRTUALID), 0);
    if (GICH_LR_GET(value, HW)) {
        g_string_append(out, ", hardware ");
        ht_text_dec(out, GICH_LR_GET(value, PHYSICALID), 0);
    }
    g_string_append(out, ", priority ");
    ht_text_dec(out, GICH_LR_GET(value, PRIORITY), 0);
    g_string_append(out, " (");
    ht_text_hex(out, value, 8);
    g_string_append_c(out, ')');
}
