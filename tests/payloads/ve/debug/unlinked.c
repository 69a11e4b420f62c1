/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Breakpoints that are not of an address: of a context ID, a VMID or both, and of any address but
 * one, alone or linked to a context.  DDI 0406C C3.3, C11.11 (DBGBCR.BT).  At PL1, where they would
 * match their own handler, they are asked with HDCR.TDE alone; otherwise UNPREDICTABLE.
 */
#include "armv7/psr.h"
#include "debug.h"
#include "sysregs.h"
#include "tap.h"

#define BCR_BT(bt) ((bt) << 20)
#define BCR(bas, pmc) ((bas) << 5 | (pmc) << 1 | 1u)
#define LBN_4 (4u << 16)
#define PMC_PL1 1u
#define PMC_USER 2u
#define PMC_BOTH 3u
#define BT_CONTEXT_LINKED 3u
#define BT_MISMATCH 4u
#define BT_MISMATCH_LINKED 5u
#define CONTEXT 0x00c0de05u
#define VMID 0x5au
#define MOE_BREAKPOINT 1u

static const struct type {
    const char *name;
    uint32_t bt;
    bool context, vmid;
} types[] = {
    { "context-id", 2, true, false }, { "vmid", 8, false, true }, { "both", 10, true, true },
};

static void set_context(bool context, bool vmid)
{
    cp15_write_contextidr(context ? CONTEXT : CONTEXT ^ 0x100);
    cp15_write_vttbr((uint64_t)(vmid ? VMID : VMID ^ 1) << 48);
}

static void clear(void)
{
    cp14_write_dbgbcr0(0);
    cp14_write_dbgbcr4(0);
}

/* An exception at @address, or the end of the code. */
static void claim(struct text name, const struct ve_probe *probe, bool tde, bool fires,
                  uint32_t address)
{
    if (fires) {
        debug_claim(name.s, probe, 0, tde, address, MOE_BREAKPOINT);
    } else {
        debug_claim_end(name.s, probe, 0, tde, VE_DONE, 0);
    }
    clear();
}

static const char *mode_name(unsigned mode)
{
    return mode == ARMV7_MODE_USR ? "usr" : "svc";
}

static void claim_context(const struct type *t, bool context, bool vmid, unsigned mode,
                          unsigned pmc, enum ve_form form)
{
    static const struct ve_insn nop = { .arm = 0xe1a00000, .thumb = 0x46c0, .thumb_bytes = 2 };
    bool user = mode == ARMV7_MODE_USR, tde = pmc != PMC_USER;
    bool fires = (context || !t->context) && (vmid || !t->vmid);
    /* What User mode does not fire fires at the vector of its end. */
    bool at_vector = user && pmc == PMC_PL1;
    struct ve_probe probe;

    ve_probe_make(&probe, &nop, form, mode);
    set_context(context, vmid);
    cp14_write_dbgbvr4(CONTEXT);
    cp14_write_dbgbxvr4(VMID);
    cp14_write_dbgbcr4(BCR(0xfu, pmc) | BCR_BT(t->bt));
    claim(text_path("debug/unlinked", t->name, context ? "its-context" : "other-context",
                    vmid ? "its-vmid" : "other-vmid", mode_name(mode),
                    pmc == PMC_USER ? "pl0-alone" : pmc == PMC_PL1 ? "pl1-alone" : "all",
                    ve_form_name(form), NULL), &probe, tde, fires && (user || (pmc & PMC_PL1)),
          at_vector ? (uint32_t)ve_guest_vectors + 4 * VE_VECTOR_SVC : probe.state.pc);
}

/*
 * @at: which of the two instructions before the end is the one that does not match; 2: none of
 * them.  The end itself always matches, and is where it fires at the latest.
 */
static void claim_mismatch(unsigned at, unsigned mode, bool tde, int context)
{
    static const uint32_t words[] = { 0xe1a00000, 0xe1a00000 };
    bool linked = context >= 0, fires = context != 0 && (tde || mode == ARMV7_MODE_USR);
    struct ve_probe probe;

    ve_probe_program(&probe, words, 2, mode);
    set_context(context == 1, false);
    cp14_write_dbgbvr4(CONTEXT);
    cp14_write_dbgbcr4(linked ? BCR(0xfu, PMC_BOTH) | BCR_BT(BT_CONTEXT_LINKED) : 0);
    cp14_write_dbgbvr0(probe.insn + (at == 2 ? 0x100 : 4 * at));
    cp14_write_dbgbcr0(BCR(0xfu, tde ? PMC_BOTH : PMC_USER) | (linked ? LBN_4 : 0) |
                       BCR_BT(linked ? BT_MISMATCH_LINKED : BT_MISMATCH));
    claim(text_path("debug/mismatch", !linked ? "alone" : context ? "its-context" : "other-context",
                    at == 0 ? "first" : at == 1 ? "second" : "elsewhere", mode_name(mode),
                    tde ? "to-hyp" : "to-pl1", NULL), &probe, tde, fires,
          probe.insn + (at == 0 ? 4 : 0));
}

void claim_unlinked(void)
{
    static const unsigned modes[] = { ARMV7_MODE_SVC, ARMV7_MODE_USR };

    tap_group("debug/unlinked", "C3.3", "breakpoints of a context, wherever it is");
    for (unsigned i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        for (unsigned bits = 0; bits < 16; bits++) {
            for (unsigned pmc = PMC_PL1; pmc <= PMC_BOTH; pmc++) {
                claim_context(&types[i], bits & 1, bits & 2, modes[bits >> 2 & 1], pmc,
                              bits & 8 ? VE_THUMB : VE_ARM);
            }
        }
    }
    cp15_write_vttbr(0);
}

void claim_mismatches(void)
{
    tap_group("debug/mismatch", "C3.3", "breakpoints of all addresses but one");
    for (unsigned at = 0; at < 3; at++) {
        for (int context = -1; context < 2; context++) {
            claim_mismatch(at, ARMV7_MODE_USR, false, context);
            claim_mismatch(at, ARMV7_MODE_USR, true, context);
            claim_mismatch(at, ARMV7_MODE_SVC, true, context);
            claim_mismatch(at, ARMV7_MODE_SVC, false, context);
        }
    }
    cp15_write_vttbr(0);
}
