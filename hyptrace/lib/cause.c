/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Classes and details of entries, DDI 0406C B3.13.6.
 */
#include <stdio.h>
#include <glib.h>
#include <glib.h>

#include "armv7/cp15.h"
#include "armv7/gicv2.h"
#include "armv7/hsr.h"
#include "armv7/hsr_names.h"
#include "hyptrace/lib/cause.h"

static const char *const class_names[HT_CLASS_COUNT] = {
    [HT_CLASS_UNKNOWN] = "unknown", [HT_CLASS_WFI] = "wfi",
    [HT_CLASS_WFE] = "wfe",         [HT_CLASS_CP15] = "cp15",
    [HT_CLASS_CP15_64] = "cp15-64", [HT_CLASS_CP14] = "cp14",
    [HT_CLASS_CP14_64] = "cp14-64", [HT_CLASS_CP14_LDC] = "cp14-ldc",
    [HT_CLASS_HCPTR] = "hcptr",     [HT_CLASS_VMRS] = "vmrs",
    [HT_CLASS_JAZELLE] = "jazelle", [HT_CLASS_BXJ] = "bxj",
    [HT_CLASS_SVC] = "svc",         [HT_CLASS_HVC] = "hvc",
    [HT_CLASS_SMC] = "smc",         [HT_CLASS_DEBUG] = "debug",
    [HT_CLASS_IABT] = "iabt",       [HT_CLASS_IABT_S2] = "iabt-s2",
    [HT_CLASS_DABT] = "dabt",       [HT_CLASS_DABT_S2] = "dabt-s2",
    [HT_CLASS_SERROR] = "serror",   [HT_CLASS_IRQ] = "irq",
    [HT_CLASS_FIQ] = "fiq",
};

const char *ht_class_name(unsigned cls)
{
    return class_names[cls];
}

static uint32_t mcr_key(uint32_t hsr)
{
    struct hsr_mcr mcr = hsr_decode_mcr(hsr);

    return armv7_cpreg_key(mcr.crn, mcr.opc1, mcr.crm, mcr.opc2);
}

static uint32_t mcrr_key(uint32_t hsr)
{
    struct hsr_mcrr mcrr = hsr_decode_mcrr(hsr);

    return (uint32_t)mcrr.opc1 << 4 | mcrr.crm;
}

/* Entries with HSR and no fault address. */
static struct ht_cause sync_cause(uint32_t hsr)
{
    uint32_t ec = HSR_GET(hsr, EC);

    switch (ec) {
    case HSR_EC_WFX:
        return (struct ht_cause) {HSR_GET(hsr, WFX_TI) ? HT_CLASS_WFE : HT_CLASS_WFI, 0};
    case HSR_EC_CP15_32:
        return (struct ht_cause) {HT_CLASS_CP15, mcr_key(hsr)};
    case HSR_EC_CP15_64:
        return (struct ht_cause) {HT_CLASS_CP15_64, mcrr_key(hsr)};
    case HSR_EC_CP14_32:
        return (struct ht_cause) {HT_CLASS_CP14, mcr_key(hsr)};
    case HSR_EC_CP14_64:
        return (struct ht_cause) {HT_CLASS_CP14_64, mcrr_key(hsr)};
    case HSR_EC_CP14_LDC:
        return (struct ht_cause) {HT_CLASS_CP14_LDC, 0};
    case HSR_EC_HCPTR:
        return (struct ht_cause) {HT_CLASS_HCPTR,
                                  HSR_GET(hsr, CP_COPROC) | HSR_GET(hsr, CP_TASE) << 5};
    case HSR_EC_CP10_ID:
        return (struct ht_cause) {HT_CLASS_VMRS, mcr_key(hsr)};
    case HSR_EC_JAZELLE:
        return (struct ht_cause) {HT_CLASS_JAZELLE, 0};
    case HSR_EC_BXJ:
        return (struct ht_cause) {HT_CLASS_BXJ, 0};
    case HSR_EC_SVC:
        return (struct ht_cause) {HT_CLASS_SVC, HSR_GET(hsr, IMM16)};
    case HSR_EC_HVC:
        return (struct ht_cause) {HT_CLASS_HVC, HSR_GET(hsr, IMM16)};
    case HSR_EC_SMC:
        return (struct ht_cause) {HT_CLASS_SMC, 0};
    case HSR_EC_IABT:
    case HSR_EC_IABT_HYP:
        return (struct ht_cause) {HT_CLASS_DEBUG, HSR_GET(hsr, ABT_FSC)};
    default:
        return (struct ht_cause) {HT_CLASS_UNKNOWN, ec};
    }
}

static uint32_t ipa_page(const struct ht_event *event)
{
    return field32_get(event->hpfar, HPFAR_FIPA_SHIFT, HPFAR_FIPA_LENGTH);
}

struct ht_cause ht_cause_of(const struct ht_event *event)
{
    switch (event->id) {
    case HT_EV_ENTRY_DABT:
        return (struct ht_cause) {HT_CLASS_DABT, HSR_GET(event->hsr, ABT_FSC)};
    case HT_EV_ENTRY_DABT_S2:
        return (struct ht_cause) {HT_CLASS_DABT_S2, ipa_page(event)};
    case HT_EV_ENTRY_IABT:
        return (struct ht_cause) {HT_CLASS_IABT, HSR_GET(event->hsr, ABT_FSC)};
    case HT_EV_ENTRY_IABT_S2:
        return (struct ht_cause) {HT_CLASS_IABT_S2, ipa_page(event)};
    case HT_EV_ENTRY_SERROR:
        return (struct ht_cause) {HT_CLASS_SERROR, HSR_GET(event->hsr, ABT_FSC)};
    case HT_EV_ENTRY_IRQ:
        return (struct ht_cause) {HT_CLASS_IRQ, HT_INTID_UNKNOWN};
    case HT_EV_ENTRY_FIQ:
        return (struct ht_cause) {HT_CLASS_FIQ, HT_INTID_UNKNOWN};
    default:
        return sync_cause(event->hsr);
    }
}

/* "ID_MMFR3", or the encoding as an instruction gives it. */
static void cpreg_text(unsigned coproc, uint32_t key, char *text, size_t size_bytes)
{
    unsigned crn = key >> 12, opc1 = key >> 8 & 15, crm = key >> 4 & 15, opc2 = key & 15;
    const char *name = coproc == 15 ? armv7_cp15_name(crn, opc1, crm, opc2)
                                    : armv7_cp14_name(crn, opc1, crm, opc2);

    if (name) {
        g_strlcpy(text, name, size_bytes);
    } else {
        snprintf(text, size_bytes, "p%u,%u,c%u,c%u,%u", coproc, opc1, crn, crm, opc2);
    }
}

static void cpreg64_text(unsigned coproc, uint32_t key, char *text, size_t size_bytes)
{
    const char *name = coproc == 15 ? armv7_cp15_name64(key >> 4, key & 15) : NULL;

    if (name) {
        g_strlcpy(text, name, size_bytes);
    } else {
        snprintf(text, size_bytes, "p%u,%u,c%u", coproc, key >> 4, key & 15);
    }
}

static void vmrs_text(unsigned reg, char *text, size_t size_bytes)
{
    static const char *const names[16] = {
        [0] = "FPSID", [5] = "MVFR2", [6] = "MVFR1", [7] = "MVFR0",
    };

    g_strlcpy(text, names[reg & 15] ? names[reg & 15] : "reserved", size_bytes);
}

static void page_text(uint32_t page, const HtMap *map, char *text, size_t size_bytes)
{
    uint64_t address = (uint64_t)page << 12, offset_bytes;
    const char *name = map ? ht_map_find(map, address, &offset_bytes) : NULL;

    snprintf(text, size_bytes, "0x%08llx%s%s", (unsigned long long)address, name ? " " : "",
             name ? name : "");
}

static void fault_text(uint32_t fsc, char *text, size_t size_bytes)
{
    const char *name = hsr_fsc_name(fsc);

    if (name) {
        g_strlcpy(text, name, size_bytes);
    } else {
        snprintf(text, size_bytes, "fault status 0x%02x", fsc);
    }
}

static void intid_text(uint32_t intid, char *text, size_t size_bytes)
{
    if (intid == HT_INTID_UNKNOWN) {
        g_strlcpy(text, "not acknowledged", size_bytes);
    } else if (intid >= GICV2_INTID_GROUP) {
        snprintf(text, size_bytes, "spurious (%u)", intid);
    } else {
        snprintf(text, size_bytes, "intid %u", intid);
    }
}

void ht_cause_detail(const struct ht_cause *cause, const HtMap *map, char *text,
                     size_t size_bytes)
{
    uint32_t detail = cause->detail;

    text[0] = '\0';
    if (detail == HT_DETAIL_OTHERS) {
        snprintf(text, size_bytes, "others");
        return;
    }
    switch ((enum ht_class)cause->cls) {
    case HT_CLASS_CP15:
        cpreg_text(15, detail, text, size_bytes);
        break;
    case HT_CLASS_CP14:
        cpreg_text(14, detail, text, size_bytes);
        break;
    case HT_CLASS_CP15_64:
        cpreg64_text(15, detail, text, size_bytes);
        break;
    case HT_CLASS_CP14_64:
        cpreg64_text(14, detail, text, size_bytes);
        break;
    case HT_CLASS_VMRS:
        vmrs_text(detail >> 12, text, size_bytes);
        break;
    case HT_CLASS_HCPTR:
        snprintf(text, size_bytes, detail >> 5 ? "SIMD" : "cp%u", detail & 15);
        break;
    case HT_CLASS_SVC:
    case HT_CLASS_HVC:
        snprintf(text, size_bytes, "#0x%x", detail);
        break;
    case HT_CLASS_IABT_S2:
    case HT_CLASS_DABT_S2:
        page_text(detail, map, text, size_bytes);
        break;
    case HT_CLASS_DEBUG:
    case HT_CLASS_IABT:
    case HT_CLASS_DABT:
    case HT_CLASS_SERROR:
        fault_text(detail, text, size_bytes);
        break;
    case HT_CLASS_IRQ:
    case HT_CLASS_FIQ:
        intid_text(detail, text, size_bytes);
        break;
    case HT_CLASS_UNKNOWN:
        snprintf(text, size_bytes, detail ? "EC 0x%02x" : "undefined", detail);
        break;
    case HT_CLASS_WFI:
    case HT_CLASS_WFE:
    case HT_CLASS_CP14_LDC:
    case HT_CLASS_JAZELLE:
    case HT_CLASS_BXJ:
    case HT_CLASS_SMC:
    case HT_CLASS_COUNT:
        break;
    }
}
