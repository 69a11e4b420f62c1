/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which event class an entry to Hyp has, by the validity of HDFAR, HIFAR and HPFAR.
 */
#include "hyptrace/format/entry_class.h"
#include "armv7/hsr.h"

/* The fault without its level. */
static unsigned fault_kind(uint32_t hsr)
{
    return HSR_GET(hsr, ABT_FSC) & ~3u;
}

/*
 * HPFAR is valid for stage-2 translation and access flag faults, and for every stage-2 fault on a
 * stage-1 walk; for other permission faults it is UNKNOWN.  With HCR.TGE stage 1 is off, so a
 * fault of these kinds from PL1 or PL0 that comes to Hyp is one of stage 2.
 */
static bool hpfar_valid(uint32_t hsr, bool stage2_on)
{
    unsigned kind = fault_kind(hsr);

    if (!stage2_on) {
        return false;
    }
    return kind == HSR_FSC_TRANSLATION || kind == HSR_FSC_ACCESS_FLAG ||
           (kind == HSR_FSC_PERMISSION && HSR_GET(hsr, ABT_S1PTW));
}

static enum ht_event_id data_abort(uint32_t hsr, bool stage2_on)
{
    unsigned fsc = HSR_GET(hsr, ABT_FSC);

    if (fsc == HSR_FSC_ASYNC_EXT || fsc == HSR_FSC_ASYNC_PARITY) {
        return HT_EV_ENTRY_SERROR;
    }
    return hpfar_valid(hsr, stage2_on) ? HT_EV_ENTRY_DABT_S2 : HT_EV_ENTRY_DABT;
}

/* A debug exception reported as a Prefetch Abort leaves HIFAR UNKNOWN. */
static enum ht_event_id prefetch_abort(uint32_t hsr, bool stage2_on)
{
    if (HSR_GET(hsr, ABT_FSC) == HSR_FSC_DEBUG) {
        return HT_EV_ENTRY_SYNC;
    }
    return hpfar_valid(hsr, stage2_on) ? HT_EV_ENTRY_IABT_S2 : HT_EV_ENTRY_IABT;
}

enum ht_event_id ht_entry_class(enum ht_exception exception, uint32_t hsr, bool stage2_on)
{
    switch (exception) {
    case HT_EXCEPTION_SYNC:
        return HT_EV_ENTRY_SYNC;
    case HT_EXCEPTION_IABT:
        return prefetch_abort(hsr, stage2_on);
    case HT_EXCEPTION_DABT:
        return data_abort(hsr, stage2_on);
    case HT_EXCEPTION_IRQ:
        return HT_EV_ENTRY_IRQ;
    case HT_EXCEPTION_FIQ:
        return HT_EV_ENTRY_FIQ;
    }
    return HT_EV_ENTRY_SYNC;
}
