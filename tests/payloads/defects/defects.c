/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Are the defects of QEMU 10.0's Virtualization Extensions and GICv2 gone that patches/ mends?
 * Every group of claims is the `Test:` of a patch and fails without it.  What is asked, with the
 * section of the manual, is at the head of the file of each family.
 */
#include "board.h"
#include "cp15.h"
#include "enter.h"
#include "probe.h"

CP15_32(vbar, 0, c12, c0, 0)

void payload_main(unsigned cpu)
{
    (void)cpu;
    cp15_write_hcr(0);
    cp15_write_vbar((uint32_t)guest_vectors);
    check_cp15_traps();
    check_identity();
    check_stage2_faults();
    check_tge();
    check_hyp_undefined();
    check_itstate();
    check_simd();
    check_gic();
    claim_end();
    board_power_off();
}
