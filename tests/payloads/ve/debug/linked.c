/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Breakpoint 0 and watchpoint 0 linked to breakpoint 4, which matches a context ID, a VMID or
 * both.  DDI 0406C C3.3, C11.11 (DBGBCR.BT, DBGBXVR).
 */
#include "armv7/psr.h"
#include "debug.h"
#include "hyp.h"
#include "judge.h"
#include "sysregs.h"

#define BT_LINKED_ADDRESS 1u
#define BCR_ALL (0xfu << 5 | 3u << 1 | 1u)     /* all bytes, PL0 and PL1, enabled */
#define BCR_BT(bt) ((bt) << 20)
#define LBN_4 (4u << 16)
#define WCR_LINKED (1u << 20 | LBN_4 | 0xfu << 5 | 3u << 3 | 3u << 1 | 1u)
#define CONTEXT 0x00c0de05u
#define VMID 0x5au
#define MOE_BREAKPOINT 1u

static const struct type {
    const char *name;
    uint32_t bt;
    bool context, vmid;
} types[] = {
    { "context-id", 3, true, false }, { "vmid", 9, false, true }, { "both", 11, true, true },
};

static void clear(void)
{
    cp14_write_dbgbcr0(0);
    cp14_write_dbgbcr4(0);
    cp14_write_dbgwcr0(0);
}

static void set_context(bool context, bool vmid)
{
    cp15_write_contextidr(context ? CONTEXT : CONTEXT ^ 0x100);
    cp15_write_vttbr((uint64_t)(vmid ? VMID : VMID ^ 1) << 48);
}

static void name_it(struct text *name, const char *what, const struct type *t, bool context,
                    bool vmid, unsigned mode)
{
    text_clear(name);
    text_add(name, "debug/linked/");
    text_add(name, what);
    text_add(name, t->name);
    text_add(name, context ? "/its-context" : "/other-context");
    text_add(name, vmid ? "/its-vmid" : "/other-vmid");
    text_add(name, mode == ARMV7_MODE_USR ? "/usr" : "/svc");
}

static void claim_breakpoint(const struct type *t, bool context, bool vmid, unsigned mode)
{
    static const struct ve_insn nop = { .arm = 0xe1a00000 };
    struct ve_probe probe;
    struct text name;

    ve_probe_make(&probe, &nop, VE_ARM, mode);
    set_context(context, vmid);
    cp14_write_dbgbvr4(CONTEXT);
    cp14_write_dbgbxvr4(VMID);
    cp14_write_dbgbcr4(BCR_ALL | BCR_BT(t->bt));
    cp14_write_dbgbvr0(probe.insn);
    cp14_write_dbgbcr0(BCR_ALL | BCR_BT(BT_LINKED_ADDRESS) | LBN_4);
    name_it(&name, "breakpoint/", t, context, vmid, mode);
    if ((context || !t->context) && (vmid || !t->vmid)) {
        debug_claim(name.s, &probe, 0, false, probe.insn, MOE_BREAKPOINT);
    } else {
        debug_claim_end(name.s, &probe, 0, false, VE_DONE, 0);
    }
    clear();
}

static void claim_watchpoint(const struct type *t, bool context, bool vmid, unsigned mode)
{
    static const struct ve_insn load = { .arm = 0xe5912000 };       /* LDR r2, [r1] */
    struct ve_probe probe;
    struct text name;

    ve_probe_make(&probe, &load, VE_ARM, mode);
    probe.state.r[1] = ve_probe_code() + 2048;
    set_context(context, vmid);
    cp14_write_dbgbvr4(CONTEXT);
    cp14_write_dbgbxvr4(VMID);
    cp14_write_dbgbcr4(BCR_ALL | BCR_BT(t->bt));
    cp14_write_dbgwvr0(probe.state.r[1]);
    cp14_write_dbgwcr0(WCR_LINKED);
    name_it(&name, "watchpoint/", t, context, vmid, mode);
    if ((context || !t->context) && (vmid || !t->vmid)) {
        debug_claim_end(name.s, &probe, 0, false, VE_PL1, VE_VECTOR_DABT);
    } else {
        debug_claim_end(name.s, &probe, 0, false, VE_DONE, 0);
    }
    clear();
}

void claim_linked(void)
{
    static const unsigned modes[] = { ARMV7_MODE_SVC, ARMV7_MODE_USR };

    tap_group("debug/linked", "C3.3", "breakpoints and watchpoints of one context or guest");
    for (unsigned i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        for (unsigned bits = 0; bits < 8; bits++) {
            claim_breakpoint(&types[i], bits & 1, bits & 2, modes[bits >> 2]);
            claim_watchpoint(&types[i], bits & 1, bits & 2, modes[bits >> 2]);
        }
    }
    cp15_write_vttbr(0);
}
