/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Can Advanced SIMD be kept from a guest that may use floating point, and does Hyp learn what it
 * was?  DDI 0406C B1.14 (HCPTR), B3.13 (HSR, EC 0x07), B4.1 (CPACR, HCPTR).
 *
 * trap-tase        HCPTR.TASE: EC 0x07 with TA = 1, for Advanced SIMD only
 * trap-tcp10-simd  HCPTR.TCP10, TCP11: TA = 1 for Advanced SIMD, TA = 0 and coproc = 10 for the rest
 * cpacr-asedis     CPACR.ASEDIS: Advanced SIMD is UNDEFINED at PL1, even if HCPTR traps it
 */
#include <stddef.h>
#include "armv7/hsr.h"
#include "cp15.h"
#include "probe.h"

#define CPACR_CP10_11_FULL (0xfu << 20)
#define CPACR_ASEDIS (1u << 31)
#define HCPTR_TCP10_11 (3u << 10)
#define HCPTR_TASE (1u << 15)
#define ISS_TA (1u << 5)
#define ISS_COPROC 0xfu

#define ENABLE "mov r0, #0x40000000\n vmsr fpexc, r0\n sub r1, sp, #64\n"
#define FP_SNIPPET(name, text) SNIPPET(name, ENABLE text)
FP_SNIPPET(vorr, "vorr q0, q1, q2")
FP_SNIPPET(vld1, "vld1.8 {d0}, [r1]")
FP_SNIPPET(vdup, "vdup.32 q0, r1")
FP_SNIPPET(vmov_byte, "vmov.8 d0[1], r1")
FP_SNIPPET(vmov_from_half, "vmov.s16 r0, d0[1]")
FP_SNIPPET(vmla, "vmla.f32 q0, q1, q2")
FP_SNIPPET(vadd, "vadd.f32 s0, s1, s2")
FP_SNIPPET(vldr, "vldr d0, [r1]")
FP_SNIPPET(vmov_word, "vmov.32 d0[1], r1")

static const struct insn {
    const char *name;
    void (*code)(void);
    bool simd;
} insns[] = {
    { "vorr", vorr, true }, { "vld1", vld1, true }, { "vdup", vdup, true },
    { "vmov-byte", vmov_byte, true }, { "vmov-from-half", vmov_from_half, true },
    { "vmla-f32", vmla, true },
    { "vadd-f32", vadd, false }, { "vldr", vldr, false }, { "vmov-word", vmov_word, false },
};

static struct outcome probe_fp(void (*code)(void), uint32_t cpacr, uint32_t hcptr)
{
    uint32_t old_hcptr = cp15_read_hcptr();
    struct outcome o;

    /* VMSR must not trap: it enables first, without. */
    cp15_write_hcptr(old_hcptr & ~(HCPTR_TCP10_11 | HCPTR_TASE));
    cp15_write_cpacr(CPACR_CP10_11_FULL);
    __asm__ volatile(".fpu neon-vfpv4\n vmsr fpexc, %0" : : "r"(0x40000000));
    cp15_write_cpacr(CPACR_CP10_11_FULL | cpacr);
    cp15_write_hcptr(old_hcptr | hcptr);
    o = probe((void (*)(void))((uint32_t)code + (hcptr & HCPTR_TCP10_11 ? 8 : 0)), PSR_SVC);
    cp15_write_hcptr(old_hcptr);
    cp15_write_cpacr(0);
    return o;
}

static bool trapped_as(const struct outcome *o, bool simd)
{
    return trapped(o, HSR_EC_HCPTR) && HSR_GET(o->hsr, IL) == 1 &&
           (o->hsr & (ISS_TA | ISS_COPROC)) == (simd ? ISS_TA : 10);
}

static void check_insn(const struct insn *i)
{
    struct outcome o = probe_fp(i->code, 0, HCPTR_TASE);

    claim_outcome("trap-tase", i->name,
                  i->simd ? trapped_as(&o, true) && o.elr == (uint32_t)i->code + 12 :
                  ended_by(&o, GUEST_RAN), &o);
    o = probe_fp(i->code, 0, HCPTR_TCP10_11);
    claim_outcome("trap-tcp10-simd", i->name, trapped_as(&o, i->simd), &o);
    o = probe_fp(i->code, CPACR_ASEDIS, 0);
    claim_outcome("cpacr-asedis", i->name, ended_by(&o, i->simd ? GUEST_UNDEF : GUEST_RAN), &o);
}

void check_simd(void)
{
    struct outcome o;

    for (size_t i = 0; i < sizeof(insns) / sizeof(insns[0]); i++) {
        check_insn(&insns[i]);
    }
    o = probe_fp(vorr, CPACR_ASEDIS, HCPTR_TASE | HCPTR_TCP10_11);
    claim_outcome("cpacr-asedis", "before-hcptr", ended_by(&o, GUEST_UNDEF), &o);
    o = probe_fp(vorr, 0, 0);
    claim_outcome("cpacr-asedis", "off", ended_by(&o, GUEST_RAN), &o);
}
