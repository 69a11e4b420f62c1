/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: is what TLB maintenance covers gone afterwards (DDI 0406C B3.10), and does everything
 * work on without maintenance where the architecture says that none is needed?
 *
 *   stage1     a guest changes a descriptor (another page, read-only, invalid) and invalidates:
 *              each operation, by the right and by another MVA and ASID, global and not
 *   from-hyp   the same by Hyp, with the VMID current and with another
 *   fetch      both, seen by executing the page
 *   stage2     Hyp changes stage 2: TLBIALLNSNH and NSNHIS
 *   needless   what was invalid is not held: no maintenance after it becomes valid; ASIDs and
 *              VMIDs keep their own, no maintenance when they change
 *   hyp        Hyp's own regime: TLBIALLH, TLBIMVAH and IS
 *   other-cpu  the same change is seen by the other CPU: IS operations, and HCR.FB
 * What an operation does not cover may be old or new, as a TLB may drop anything at any time;
 * both are accepted, and that it is new after TLBIALLNSNH is always asked.  QEMU holds few old
 * translations across writes of system registers: nothing but tables and maintenance changes
 * between the two accesses (ve_keep).
 */
#include "operations.h"
#include "hyp.h"
#include "smp.h"
#include "space.h"
#include "tap.h"

void payload_main(unsigned cpu)
{
    if (cpu == 1) {
        smp_serve();
    }
    ve_init();
    space_init();
    claim_local();
    claim_hyp();
    claim_other_cpu();
    tap_end();
}
