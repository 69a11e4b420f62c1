/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Who may use which register under CNTHCTL and CNTKCTL: DDI 0406C B8.1.1, B8.1.6, B4.1.28 and on.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "hyp.h"
#include "parts.h"

#define PL1PCTEN 1u                 /* CNTHCTL */
#define PL1PCEN 2u
#define PL0PCTEN 1u                 /* CNTKCTL */
#define PL0VCTEN 2u
#define PL0VTEN (1u << 8)
#define PL0PTEN (1u << 9)

struct row {
    struct ve_register reg;
    uint32_t pl0_bits;          /* of CNTKCTL: any of them lets PL0 in; 0: never */
    uint32_t pl1_bits;          /* of CNTHCTL: all must be set, or it traps */
    bool writable;              /* by PL1, and by PL0 if it may read */
    bool hyp_only;
};

#define R32(name, opc1, crm, opc2) { name, 15, false, 14, opc1, crm, opc2 }
#define R64(name, opc1) { name, 15, true, 0, opc1, 14, 0 }
static const struct row rows[] = {
    { R32("CNTFRQ", 0, 0, 0), PL0PCTEN | PL0VCTEN, 0, false, false },
    { R64("CNTPCT", 0), PL0PCTEN, PL1PCTEN, false, false },
    { R64("CNTVCT", 1), PL0VCTEN, 0, false, false },
    { R32("CNTKCTL", 0, 1, 0), 0, 0, true, false },
    { R32("CNTP_CTL", 0, 2, 1), PL0PTEN, PL1PCEN, true, false },
    { R32("CNTP_TVAL", 0, 2, 0), PL0PTEN, PL1PCEN, true, false },
    { R64("CNTP_CVAL", 2), PL0PTEN, PL1PCEN, true, false },
    { R32("CNTV_CTL", 0, 3, 1), PL0VTEN, 0, true, false },
    { R32("CNTV_TVAL", 0, 3, 0), PL0VTEN, 0, true, false },
    { R64("CNTV_CVAL", 3), PL0VTEN, 0, true, false },
    { R32("CNTHCTL", 4, 1, 0), 0, 0, true, true },
    { R32("CNTHP_CTL", 4, 2, 1), 0, 0, true, true },
    { R32("CNTHP_TVAL", 4, 2, 0), 0, 0, true, true },
    { R64("CNTHP_CVAL", 6), 0, 0, true, true },
    { R64("CNTVOFF", 4), 0, 0, true, true },
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

/* Whether a guest's access completes, traps, or is UNDEFINED. */
static unsigned allowed(const struct row *row, unsigned mode, bool read, uint32_t cnthctl,
                        uint32_t cntkctl)
{
    if (row->hyp_only || (!read && !row->writable)) {
        return MAY_UNDEF;
    }
    if (mode == ARMV7_MODE_USR && !(row->pl0_bits & cntkctl)) {
        return MAY_UNDEF;
    }
    return (row->pl1_bits & ~cnthctl) ? MAY_TRAP : MAY_COMPLETE;
}

static struct text name_of(const struct row *row, bool read, const char *where)
{
    struct text name = text_path("timers/access", row->reg.name, read ? "read" : "write", where,
                                 NULL);

    return name;
}

static void claim(const struct row *row, unsigned mode, bool read, uint32_t cnthctl,
                  uint32_t cntkctl, enum ve_form form)
{
    const struct ve_controls controls = { .cnthctl_clear = VE_CNTHCTL_QUIET & ~cnthctl };
    uint32_t bits = ve_access_insn(&row->reg, 4, 5, read);
    const struct ve_insn insn = { .arm = bits, .thumb = bits };
    struct ve_expect expect = ve_access_trap(&row->reg, 4, 5, read);
    struct text name = name_of(row, read, mode == ARMV7_MODE_USR ? "pl0" : "pl1");
    struct ve_probe probe;

    expect.allowed = allowed(row, mode, read, cnthctl, cntkctl);
    text_add(&name, "/cnthctl-");
    text_add_decimal(&name, cnthctl);
    if (mode == ARMV7_MODE_USR) {
        text_add(&name, "/cntkctl-");
        text_add_decimal(&name, cntkctl);
    }
    text_add(&name, "/");
    text_add(&name, ve_form_name(form));
    guest_cntkctl = cntkctl;
    ve_probe_make(&probe, &insn, form, mode);
    ve_claim(name.s, &probe, &controls, &expect);
    timers_off();
}

/*
 * Hyp is not asked for its leave.  CNTFRQ is written by the highest privilege level alone, which
 * is Hyp if there are no Security Extensions: that is not asked.
 */
static void claim_hyp(const struct row *row, bool read)
{
    static const struct ve_controls closed = { .cnthctl_clear = VE_CNTHCTL_QUIET };
    const struct ve_insn insn = { .arm = ve_access_insn(&row->reg, 4, 5, read) };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text detail;
    bool ok;

    guest_cntkctl = 0;
    ve_probe_make(&probe, &insn, VE_ARM, ARMV7_MODE_HYP);
    ve_run(&probe.state, &closed, &record);
    ok = read || row->writable
         ? ve_probe_done(&probe, &record)
         : record.outcome == VE_HYP && record.vector == VECTOR_UNDEF && record.pc == probe.insn;
    text_clear(&detail);
    ve_describe(&detail, &record);
    tap_claim(ok, name_of(row, read, "hyp").s, detail.s);
    timers_off();
}

static void claim_row(const struct row *row, bool read)
{
    static const uint32_t bits[] = { PL0PCTEN, PL0VCTEN, PL0VTEN, PL0PTEN };
    bool cntfrq_write = !read && !row->reg.wide && row->reg.crm == 0;

    for (uint32_t cnthctl = 0; cnthctl < 4; cnthctl++) {
        claim(row, ARMV7_MODE_SVC, read, cnthctl, 0, VE_ARM);
        claim(row, ARMV7_MODE_SVC, read, cnthctl, 0, VE_THUMB_IT);
        for (unsigned set = 0; set < 16; set++) {
            uint32_t cntkctl = 0;

            for (unsigned i = 0; i < 4; i++) {
                cntkctl |= set >> i & 1 ? bits[i] : 0;
            }
            claim(row, ARMV7_MODE_USR, read, cnthctl, cntkctl, VE_ARM);
        }
    }
    if (!cntfrq_write) {
        claim_hyp(row, read);
    }
}

/* A value goes from a guest to Hyp and back; CTL keeps two bits. */
static void claim_move(const struct timer *timer, const struct ve_register *reg, unsigned mode,
                       bool to_guest)
{
    static const struct ve_controls open = { 0 };
    struct text name = text_path("timers/moves", reg->name, to_guest ? "read" : "written",
                                 mode == ARMV7_MODE_USR ? "pl0" : "pl1", NULL);
    const struct ve_insn insn = { .arm = ve_access_insn(reg, 4, 5, to_guest) };
    const uint32_t low = reg->wide ? 0x89abcdefu : CTL_IMASK, high = 0x12345678;
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text detail;
    bool ok;

    ve_probe_make(&probe, &insn, VE_ARM, mode);
    if (!to_guest) {
        probe.state.r[4] = low;
        probe.state.r[5] = high;
    } else if (reg->wide) {
        timer->write_cval((uint64_t)high << 32 | low);
    } else {
        timer->write_ctl(low);
    }
    ve_run(&probe.state, &open, &record);
    ok = ve_probe_done(&probe, &record);
    if (to_guest) {
        ok = ok && (record.r[4] & ~CTL_ISTATUS) == (low & ~CTL_ISTATUS) &&
             (!reg->wide || record.r[5] == high);
    } else if (reg->wide) {
        ok = ok && timer->read_cval() == ((uint64_t)high << 32 | low);
    } else {
        ok = ok && (timer->read_ctl() & ~CTL_ISTATUS) == low;
    }
    text_clear(&detail);
    ve_describe(&detail, &record);
    tap_claim(ok, name.s, detail.s);
    timers_off();
}

void claim_access(void)
{
    tap_group("timers/access", "B8.1.1, B8.1.6", "registers under CNTHCTL and CNTKCTL");
    for (unsigned i = 0; i < ROWS; i++) {
        claim_row(&rows[i], true);
        claim_row(&rows[i], false);
    }
    guest_cntkctl = 0x303;
    tap_group("timers/moves", "B8.1.5", "guests and Hyp see the same registers");
    for (enum timer_name i = CNTP; i <= CNTV; i++) {
        for (unsigned bits = 0; bits < 4; bits++) {
            unsigned mode = bits & 1 ? ARMV7_MODE_USR : ARMV7_MODE_SVC;

            claim_move(&timers[i], &timers[i].ctl, mode, bits & 2);
            claim_move(&timers[i], &timers[i].cval, mode, bits & 2);
        }
    }
}
