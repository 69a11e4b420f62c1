/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What follows from the tables together: the groups of HSTR, and sets of controls that leave an
 * access alone.
 */
#include <stddef.h>
#include "parts.h"

#define HSTR_T_ALL 0xafefu              /* T0 to T3, T5 to T13, T15: B1.14 */
#define MOST_ACCESSES 64u
#define OR(a, b) ((struct ve_controls) { \
    .hcr = (a).hcr | (b).hcr, .hcptr = (a).hcptr | (b).hcptr, .hstr = (a).hstr | (b).hstr, \
    .hdcr = (a).hdcr | (b).hdcr, .cnthctl_clear = (a).cnthctl_clear | (b).cnthctl_clear })

static const struct { const struct group *groups; const unsigned *count; } tables[] = {
    { hcr_groups, &hcr_group_count }, { other_groups, &other_group_count },
};

static bool same(const struct ve_register *a, const struct ve_register *b)
{
    return a->coproc == b->coproc && a->wide == b->wide && a->crn == b->crn && a->opc1 == b->opc1 &&
           a->crm == b->crm && a->opc2 == b->opc2;
}

/* The primary register of HSTR: CRn, or CRm of 64-bit accesses. */
static unsigned primary(const struct ve_register *reg)
{
    return reg->wide ? reg->crm : reg->crn;
}

/* TIDCP's registers, of which the tables have the extremes only: B4.1 (HCR). */
static bool is_lockdown(const struct ve_register *reg)
{
    static const uint16_t crm[16] = { [9] = 0x01e7, [10] = 0x0113, [11] = 0x81ff };

    return reg->coproc == 15 && !reg->wide && (crm[reg->crn] >> reg->crm & 1);
}

static bool has(const struct group *group, const struct access *a, bool read)
{
    for (unsigned i = 0; i < group->access_count; i++) {
        const struct access *row = &group->accesses[i];

        if (same(&row->reg, &a->reg) && (row->flags & (read ? TR : TW))) {
            return true;
        }
    }
    return group->is_lockdown && is_lockdown(&a->reg);
}

static bool share_a_bit(const struct ve_controls *a, const struct ve_controls *b)
{
    return ((a->hcr & b->hcr) | (a->hcptr & b->hcptr) | (a->hstr & b->hstr) |
            (a->hdcr & b->hdcr) | (a->cnthctl_clear & b->cnthctl_clear)) != 0;
}

/* What traps the access, HSTR aside. */
static struct ve_controls controls_of(const struct access *a, bool read)
{
    struct ve_controls all = { 0 };

    for (unsigned t = 0; t < 2; t++) {
        for (unsigned i = 0; i < *tables[t].count; i++) {
            if (has(&tables[t].groups[i], a, read)) {
                all = OR(all, tables[t].groups[i].on);
            }
        }
    }
    return all;
}

struct ve_controls controls_without(const struct access *a, bool read)
{
    struct ve_controls of_it = controls_of(a, read);
    struct ve_controls others = { .hstr = HSTR_T_ALL };

    if (a->reg.coproc == 15) {
        others.hstr &= ~(1u << primary(&a->reg));
    }
    for (unsigned t = 0; t < 2; t++) {
        for (unsigned i = 0; i < *tables[t].count; i++) {
            if (!share_a_bit(&tables[t].groups[i].on, &of_it)) {
                others = OR(others, tables[t].groups[i].on);
            }
        }
    }
    return others;
}

struct ve_controls controls_all(void)
{
    struct ve_controls all = { .hstr = HSTR_T_ALL };

    for (unsigned t = 0; t < 2; t++) {
        for (unsigned i = 0; i < *tables[t].count; i++) {
            all = OR(all, tables[t].groups[i].on);
        }
    }
    return all;
}

static void add(struct access *rows, unsigned *count, const struct access *a)
{
    for (unsigned i = 0; i < *count; i++) {
        if (same(&rows[i].reg, &a->reg) && ((rows[i].flags ^ a->flags) & P0) == 0) {
            rows[i].flags |= a->flags;
            return;
        }
    }
    if (*count < MOST_ACCESSES) {
        rows[(*count)++] = *a;
    }
}

static void add_all(struct access *rows, unsigned *count, const struct access *from,
                    unsigned from_count, unsigned n)
{
    for (unsigned i = 0; i < from_count; i++) {
        struct access a = from[i];

        if (a.reg.coproc == 15 && primary(&a.reg) == n) {
            a.flags |= (a.flags & NR ? TR : 0) | (a.flags & NW ? TW : 0);
            a.flags &= ~(NR | NW);
            add(rows, count, &a);
        }
    }
}

const struct group *hstr_groups(unsigned *count)
{
    static struct group groups[16];
    static struct access rows[16][MOST_ACCESSES];
    static char names[16][10];

    *count = 0;
    for (unsigned n = 0; n < 16; n++) {
        struct group *group = &groups[*count];
        struct text name = text_path("HSTR.T", NULL);

        if (!(HSTR_T_ALL >> n & 1)) {
            continue;
        }
        text_add_decimal(&name, n);
        for (unsigned i = 0; i <= name.length; i++) {
            names[n][i] = name.s[i];
        }
        *group = (struct group) {
            .name = names[n], .section = "B1.14",
            .question = "every access to one primary CP15 register traps",
            .on = { .hstr = 1u << n }, .off = { .hstr = HSTR_T_ALL & ~(1u << n) },
            .pl0_traps = true, .accesses = rows[n],
        };
        for (unsigned t = 0; t < 2; t++) {
            for (unsigned i = 0; i < *tables[t].count; i++) {
                const struct group *from = &tables[t].groups[i];

                add_all(rows[n], &group->access_count, from->accesses, from->access_count, n);
            }
        }
        add_all(rows[n], &group->access_count, hstr_accesses, hstr_access_count, n);
        (*count)++;
    }
    return groups;
}
