/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: do two CPUs under a hypervisor work together, and keep apart, as DDI 0406C and
 * IHI 0048B say?  Maintenance of the other CPU's TLB is asked by tlb/other-cpu.
 *
 *   start      the second CPU begins in Hyp mode, with its own MPIDR (boot ROM's pen, PSCI)
 *   own        registers that each CPU has for itself: system registers, GICH, GICV
 *   sgi        from Hyp to Hyp by each filter; out of a guest of the other CPU and into it (IHI
 *              0048B 4.3.15)
 *   exclusive  LDREX and STREX against stores of the other CPU, across a world switch, and as a
 *              counter that both CPUs increment in guests (A3.4)
 * With one CPU all is skipped.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "guest.h"
#include "hyp.h"
#include "mapping.h"
#include "parts.h"
#include "smp.h"
#include "sysregs.h"

static bool mapped;

void ve_prepare(void)
{
    if (mapped) {
        map_on();
    }
}

void verdict(const char *name, bool ok, uint32_t a, uint32_t b)
{
    struct text detail;

    text_clear(&detail);
    text_add_field(&detail, "a", a);
    text_add_field(&detail, "b", b);
    tap_claim(ok, name, detail.s);
}

struct identity {
    uint32_t cpsr, mpidr, hsctlr;
};

static void identify(void *argument)
{
    struct identity *id = argument;

    __asm__ volatile("mrs %0, cpsr" : "=r"(id->cpsr));
    id->mpidr = cp15_read_mpidr();
    __asm__ volatile("mrc p15, 4, %0, c1, c0, 0" : "=r"(id->hsctlr));
}

static void claim_start(void)
{
    struct identity here = { 0 }, there = { 0 };

    identify(&here);
    smp_call(identify, &there);
    verdict("smp/start/mode", armv7_psr_mode(there.cpsr) == ARMV7_MODE_HYP, there.cpsr, 0);
    verdict("smp/start/mpidr", (there.mpidr ^ here.mpidr) == 1, here.mpidr, there.mpidr);
    verdict("smp/start/mmu-off", !(there.hsctlr & 1), there.hsctlr, 0);
}

void payload_main(unsigned cpu)
{
    static const struct mapping shared = {
        .s1 = MAP_SECTION, .ap = 3, .domain = 1, .af = true, .s2_af = true, .hap = 3,
    };

    if (cpu == 1) {
        smp_serve();
    }
    ve_init();
    tap_group("smp/start", "B1.3", "the second CPU starts in Hyp mode");
    if (!smp_start()) {
        tap_skip("smp/start/mode", "one CPU");
        tap_end();
    }
    claim_start();
    claim_own_registers();
    claim_sgis();
    map_make(&shared);
    mapped = true;
    claim_exclusives();
    tap_end();
}
