/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Are the defects of QEMU 10.0's Virtualization Extensions and GICv2 gone that patches/ mends?
 * Nearly every group of claims is the `Test:` of a patch and fails without it.  What is asked, with
 * the section of the manual, is at the head of the file of each family.
 */
#include <stddef.h>
#include "cp15.h"
#include "enter.h"
#include "probe.h"

CP15_32(vbar, 0, c12, c0, 0)

static const struct {
    const char *name, *section, *question;
} groups[] = {
    { "trap-tsw", "B1.14", "HCR.TSW traps maintenance by set and way" },
    { "trap-tpc", "B1.14", "HCR.TPC traps maintenance to the point of coherency" },
    { "trap-tpu", "B1.14", "HCR.TPU traps maintenance to the point of unification" },
    { "trap-tcpac", "B1.14", "HCPTR.TCPAC traps CPACR" },
    { "trap-tid1", "B1.14", "HCR.TID1 traps REVIDR" },
    { "trap-tdra-64", "C11.11", "HDCR.TDRA traps MRRC of DBGDRAR and DBGDSAR" },
    { "trap-tpm", "B1.14", "HDCR.TPM traps PMCEID0 and PMCEID1" },
    { "revidr", "B4.1", "REVIDR is a register of its own" },
    { "dbgdevid", "C11.11", "DBGDEVID, DBGDEVID1 and DBGDEVID2 are where they should be" },
    { "debug-v71", "C11.11", "registers of debug v7.1 are there" },
    { "pmceid", "B4.1", "PMCEID0 and PMCEID1 can be read" },
    { "hpfar-40-bits", "B4.1", "HPFAR has IPA[39:12]" },
    { "s1ptw-level-short", "B3.13", "the level of a stage-2 fault on a short-descriptor walk" },
    { "ptw-level", "B3.13, B4.1", "the level of a fault because of HCR.PTW" },
    { "tge-alignment", "B1.8, B3.13", "fault status of alignment faults under HCR.TGE" },
    { "tge-external", "B1.8, B3.13", "fault status of external aborts under HCR.TGE" },
    { "hyp-rfe", "B9.3", "RFE is UNDEFINED in Hyp mode" },
    { "hyp-ldm-return", "B9.3", "LDM (exception return) is UNDEFINED in Hyp mode" },
    { "hyp-ldm-user", "B9.3", "LDM (User registers) is UNDEFINED in Hyp mode" },
    { "hyp-stm-user", "B9.3", "STM (User registers) is UNDEFINED in Hyp mode" },
    { "hyp-alu-return", "B9.3", "SUBS PC, LR and related are UNDEFINED in Hyp mode" },
    { "alu-return", "B9.3", "SUBS PC, LR and related restore the CPSR at PL1" },
    { "itstate-wfi", "B1.8, B1.14", "SPSR_hyp.IT of a trapped WFI" },
    { "itstate-smc", "B1.8, B1.14", "SPSR_hyp.IT of a trapped SMC" },
    { "trap-tase", "B1.14, B3.13", "HCPTR.TASE traps Advanced SIMD alone" },
    { "trap-tcp10-simd", "B1.14, B3.13", "HSR tells Advanced SIMD from floating point" },
    { "cpacr-asedis", "B4.1", "CPACR.ASEDIS makes Advanced SIMD UNDEFINED" },
    { "gic-hw-deactivation", "IHI 0048B 5.2", "a level that is still high is pending again" },
    { "gic-disabled-group", "IHI 0048B 4.3, 4.4", "interrupts of a disabled group stay pending" },
    { "gic-aliased-registers", "IHI 0048B 4.4, 5.5", "AIAR, AEOIR and AHPPIR" },
    { "gic-same-sgi", "IHI 0048B 4.4, 5.2", "one SGI from two CPUs in two list registers" },
    { "gic-abpr", "IHI 0048B 4.4, 5.5", "the minimum of GICV_ABPR" },
    { "gich-per-cpu", "DDI 0438 8.2, IHI 0048B 5.1", "the view of one CPU's GICH for all" },
    { "gich-list-registers", "IHI 0048B 5.3", "list registers that GICH_VTR does not count" },
    { "gic-priority-bits", "DDI 0438 8.2, IHI 0048B 3.3", "the A15's GIC has 32 priorities" },
};

void payload_main(unsigned cpu)
{
    (void)cpu;
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        tap_group(text_path("defects", groups[i].name, NULL).s, groups[i].section,
                  groups[i].question);
    }
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
    tap_end();
}
