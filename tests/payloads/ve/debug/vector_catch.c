/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Vector catch debug events of Non-secure PL1.  DDI 0406C C3.4: DBGVCR bit 24 + n is for vector n;
 * matching is by address, so that a branch to a vector is caught too.
 */
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "debug.h"
#include "tap.h"

#define VCR_NONSECURE(vector) (1u << (24 + (vector)))
#define VCR_SECURE(vector) (1u << (vector))
#define MOE_VECTOR_CATCH 5u

/* What enters a vector, with r1 an odd address. */
static const struct entry {
    const char *name;
    enum ve_vector vector;
    struct ve_insn insn;
    uint32_t hcr, unmasked;
} entries[] = {
    { "undef", VE_VECTOR_UNDEF, { .arm = 0xe7f000f0, .thumb = 0xde00, .thumb_bytes = 2 }, 0, 0 },
    { "svc", VE_VECTOR_SVC, { .arm = 0xef000012, .thumb = 0xdf12, .thumb_bytes = 2 }, 0, 0 },
    { "dabt", VE_VECTOR_DABT, { .arm = 0xe1913f9f, .thumb = 0xe8513f00 }, 0, 0 },
    { "virq", VE_VECTOR_IRQ, { .arm = 0xe320f000, .thumb = 0xbf00, .thumb_bytes = 2 },
      ARMV7_HCR_VI | ARMV7_HCR_IMO, ARMV7_PSR_I },
    { "vfiq", VE_VECTOR_FIQ, { .arm = 0xe320f000, .thumb = 0xbf00, .thumb_bytes = 2 },
      ARMV7_HCR_VF | ARMV7_HCR_FMO, ARMV7_PSR_F },
};

static void name_it(struct text *name, const struct entry *e, enum ve_form form, unsigned mode,
                    const char *how)
{
    text_clear(name);
    text_add(name, "debug/vector-catch/");
    text_add(name, e->name);
    text_add(name, how);
    text_add(name, mode == ARMV7_MODE_USR ? "/usr/" : "/svc/");
    text_add(name, ve_form_name(form));
}

static void claim_entry(const struct entry *e, enum ve_form form, unsigned mode)
{
    uint32_t address = (uint32_t)ve_guest_vectors + 4 * e->vector;
    struct ve_probe probe;
    struct text name;

    ve_probe_make(&probe, &e->insn, form, mode);
    probe.state.r[1] = ve_probe_code() + 2049;
    probe.state.psr &= ~e->unmasked;

    cp14_write_dbgvcr(VCR_NONSECURE(e->vector));
    /* To catch an abort by an abort at PL1 is UNPREDICTABLE. */
    if (e->vector != VE_VECTOR_DABT) {
        name_it(&name, e, form, mode, "/to-pl1");
        debug_claim(name.s, &probe, e->hcr, false, address, MOE_VECTOR_CATCH);
    }
    name_it(&name, e, form, mode, "/to-hyp");
    debug_claim(name.s, &probe, e->hcr, true, address, MOE_VECTOR_CATCH);

    cp14_write_dbgdscr(cp14_read_dbgdscr() & ~DBGDSCR_MDBGEN);
    name_it(&name, e, form, mode, "/monitor-debug-off");
    debug_claim_end(name.s, &probe, e->hcr, false, VE_PL1, e->vector);
    cp14_write_dbgdscr(cp14_read_dbgdscr() | DBGDSCR_MDBGEN);

    cp14_write_dbgvcr(VCR_SECURE(e->vector) | (0xff000000u & ~VCR_NONSECURE(e->vector)));
    cp14_write_dbgvcr(cp14_read_dbgvcr() & ~VCR_NONSECURE(VE_VECTOR_IABT));
    name_it(&name, e, form, mode, "/other-vectors");
    debug_claim_end(name.s, &probe, e->hcr, false, VE_PL1, e->vector);
    cp14_write_dbgvcr(0);
}

static void claim_branch(const char *how, bool tde)
{
    static const struct ve_insn bx_r0 = { .arm = 0xe12fff10 };
    uint32_t address = (uint32_t)ve_guest_vectors + 4 * VE_VECTOR_SVC;
    struct text name = { 0 };
    struct ve_probe probe;

    ve_probe_make(&probe, &bx_r0, VE_ARM, ARMV7_MODE_SVC);
    probe.state.r[0] = address;
    cp14_write_dbgvcr(VCR_NONSECURE(VE_VECTOR_SVC));
    text_add(&name, "debug/vector-catch/branch/");
    text_add(&name, how);
    debug_claim(name.s, &probe, 0, tde, address, MOE_VECTOR_CATCH);
    cp14_write_dbgvcr(0);
}

static void claim_bits(void)
{
    uint32_t value;

    cp14_write_dbgvcr(0xffffffff);
    value = cp14_read_dbgvcr();
    cp14_write_dbgvcr(0);
    tap_claim((value & 0xdefe00de) == 0xdefe00de && (value & 0x21012320) == 0,
              "debug/vector-catch/bits", "");
    tap_claim(cp14_read_dbgvcr() == 0, "debug/vector-catch/bits-clear", "");
}

void claim_vector_catch(void)
{
    static const unsigned modes[] = { ARMV7_MODE_SVC, ARMV7_MODE_USR };

    tap_group("debug/vector-catch", "C3.4", "vector catch, to PL1 and to Hyp");
    for (unsigned i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
        for (unsigned mode = 0; mode < 2; mode++) {
            claim_entry(&entries[i], VE_ARM, modes[mode]);
            claim_entry(&entries[i], VE_THUMB, modes[mode]);
        }
    }
    claim_branch("to-pl1", false);
    claim_branch("to-hyp", true);
    claim_bits();
}
