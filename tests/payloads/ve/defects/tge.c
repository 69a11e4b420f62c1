/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Aborts of User mode that go to Hyp because of HCR.TGE: HSR has the fault status of long
 * descriptors although TTBCR.EAE is 0.  DDI 0406C B1.8 (routing of aborts), B3.13 (HSR).
 *
 * tge-alignment  LDREX at an odd address, 0x21
 * tge-external   load and fetch from where nothing is, 0x10
 */
#include "armv7/hcr.h"
#include "armv7/hsr.h"
#include "board.h"
#include "cp15.h"
#include "probe.h"

SNIPPET(load_unaligned, "add r1, pc, #1\n ldrex r0, [r1]")
/* 0xf0000000 is behind the RAM of every board. */
SNIPPET(load_nowhere, "mov r1, #0xf0000000\n ldr r0, [r1]")
SNIPPET(fetch_nowhere, "mov r1, #0xf0000000\n bx r1")

static void claim_abort(const char *group, const char *name, void (*code)(void), uint32_t ec,
                        uint32_t fsc)
{
    struct outcome o;

    cp15_write_hcr(ARMV7_HCR_TGE);
    o = probe(code, PSR_USER);
    cp15_write_hcr(0);
    claim_outcome(group, name, trapped(&o, ec) && HSR_GET(o.hsr, ABT_FSC) == fsc &&
                  HSR_GET(o.hsr, ABT_S1PTW) == 0, &o);
}

void check_tge(void)
{
    claim_abort("tge-alignment", "load", load_unaligned, HSR_EC_DABT, HSR_FSC_ALIGNMENT);
    if (!board.external_aborts) {
        skip_defect("tge-external", "load", "nothing aborts on this board");
        return;
    }
    claim_abort("tge-external", "load", load_nowhere, HSR_EC_DABT, HSR_FSC_EXTERNAL);
    claim_abort("tge-external", "fetch", fetch_nowhere, HSR_EC_IABT, HSR_FSC_EXTERNAL);
}
