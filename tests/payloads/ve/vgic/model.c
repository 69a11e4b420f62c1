/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * IHI 0048B: 3.3 (priorities, preemption), 4.4 (CPU interface), 5.2, 5.3 and 5.5.
 */
#include "armv7/gicv2.h"
#include "model.h"

#define NONE (-1)

static unsigned priority_of(uint32_t lr)
{
    return GICH_LR_GET(lr, PRIORITY) << 3;
}

static bool is_group1(uint32_t lr)
{
    return lr & LR_GRP1;
}

static unsigned state_of(uint32_t lr)
{
    return GICH_LR_GET(lr, STATE);
}

/* Group priority: BPR leaves bits 7:BPR+1; ABPR, for Group 1 without CBPR, bits 7:ABPR (3.3.3). */
static unsigned group_priority(const struct model *m, uint32_t lr)
{
    unsigned subpriority_bits = m->bpr + 1;

    if (is_group1(lr) && !(m->ctlr & CTLR_CBPR)) {
        subpriority_bits = m->abpr;
    }
    return priority_of(lr) & (0xffu << subpriority_bits);
}

/* The pending list register of the best priority. */
static int best(const struct model *m)
{
    int found = NONE;

    for (int i = 0; i < LRS; i++) {
        if (state_of(m->lr[i]) == GICH_LR_PENDING &&
            (found == NONE || priority_of(m->lr[i]) < priority_of(m->lr[found]))) {
            found = i;
        }
    }
    return found;
}

static bool is_enabled(const struct model *m, uint32_t lr)
{
    return (m->hcr & HCR_EN) && (m->ctlr & (is_group1(lr) ? CTLR_GRP1 : CTLR_GRP0));
}

static bool is_unmasked(const struct model *m, uint32_t lr)
{
    return priority_of(lr) < m->pmr;
}

/*
 * Nothing is active at its group priority or a better one (3.3.3).  Whether the running priority
 * is masked by the pending interrupt's binary point as well matters only if the points of the
 * two groups differ: claims with both groups keep them the same.
 */
static bool preempts(const struct model *m, uint32_t lr)
{
    return !m->apr || group_priority(m, lr) < model_rpr(m);
}

static bool is_signalled(const struct model *m, int i)
{
    return i != NONE && is_enabled(m, m->lr[i]) && is_unmasked(m, m->lr[i]) &&
           preempts(m, m->lr[i]);
}

/* INTID, and for an SGI the CPU that sent it. */
static uint32_t id_of(uint32_t lr)
{
    uint32_t intid = GICH_LR_GET(lr, VIRTUALID);

    return intid < GICV2_PPI_FIRST && !(lr & LR_HW) ? intid | (lr & LR_CPUID(7)) : intid;
}

/* Who reads it: Group 1 through the alias, or with AckCtl through the other. */
static struct answer seen_as(const struct model *m, uint32_t lr, bool alias)
{
    uint32_t value = id_of(lr);

    if (alias) {
        value = is_group1(lr) ? value : SPURIOUS;
    } else if (is_group1(lr) && !(m->ctlr & CTLR_ACKCTL)) {
        value = SPURIOUS_GROUP1;
    }
    return (struct answer) { value, value };
}

struct answer model_iar(struct model *m, bool alias)
{
    struct answer answer = { SPURIOUS, SPURIOUS };
    int i = best(m);

    if (!is_signalled(m, i)) {
        if (i != NONE && is_group1(m->lr[i]) && !alias && (m->hcr & HCR_EN)) {
            answer.other = SPURIOUS_GROUP1;
        }
        return answer;
    }
    answer = seen_as(m, m->lr[i], alias);
    if (answer.value < SPURIOUS_GROUP1 || answer.value > SPURIOUS) {
        m->apr |= 1u << (group_priority(m, m->lr[i]) >> 3);
        m->lr[i] = (m->lr[i] & ~LR_PENDING) | LR_ACTIVE;
    }
    return answer;
}

/* Whether what PMR masks, or what is not enabled, is shown is left open. */
struct answer model_hppir(const struct model *m, bool alias)
{
    struct answer answer = { SPURIOUS, SPURIOUS };
    int i = best(m);

    if (i != NONE) {
        answer = seen_as(m, m->lr[i], alias);
        if (!is_unmasked(m, m->lr[i]) || !is_enabled(m, m->lr[i])) {
            answer.other = SPURIOUS;
        }
    }
    return answer;
}

uint32_t model_rpr(const struct model *m)
{
    for (unsigned level = 0; level < 32; level++) {
        if (m->apr >> level & 1) {
            return level << 3;
        }
    }
    return 0xf8;
}

/* The active list register of an interrupt, or NONE. */
static int active(const struct model *m, uint32_t value)
{
    for (int i = 0; i < LRS; i++) {
        if ((m->lr[i] & LR_ACTIVE) && id_of(m->lr[i]) == (value & 0x1fff)) {
            return i;
        }
    }
    return NONE;
}

static void deactivate(struct model *m, uint32_t value)
{
    int i = active(m, value);

    if (i == NONE) {
        m->hcr += 1u << HCR_EOICOUNT_SHIFT;
    } else {
        m->lr[i] &= ~LR_ACTIVE;
    }
}

/* The priority drop clears the best active priority; without one nothing is counted (5.3.1). */
void model_eoir(struct model *m, uint32_t value)
{
    if (!m->apr) {
        return;
    }
    m->apr &= m->apr - 1;
    if (!(m->ctlr & CTLR_EOIMODE)) {
        deactivate(m, value);
    }
}

void model_dir(struct model *m, uint32_t value)
{
    deactivate(m, value);
}

static unsigned count_states(const struct model *m, unsigned state)
{
    unsigned count = 0;

    for (unsigned i = 0; i < LRS; i++) {
        count += state_of(m->lr[i]) == state;
    }
    return count;
}

uint32_t model_misr(const struct model *m)
{
    uint32_t causes = 0;

    causes |= count_states(m, GICH_LR_INVALID) >= LRS - 1 ? HCR_UIE : 0;
    causes |= m->hcr >> HCR_EOICOUNT_SHIFT ? HCR_LRENPIE : 0;
    causes |= count_states(m, GICH_LR_PENDING) == 0 ? HCR_NPIE : 0;
    causes |= m->ctlr & CTLR_GRP0 ? HCR_VGRP0EIE : HCR_VGRP0DIE;
    causes |= m->ctlr & CTLR_GRP1 ? HCR_VGRP1EIE : HCR_VGRP1DIE;
    return (causes & m->hcr & HCR_ENABLES) | (model_eisr(m) ? MISR_EOI : 0);
}

/* "In the pending state": whether pending and active is, too, can be read both ways (5.3.4). */
uint32_t model_misr_open(const struct model *m)
{
    return count_states(m, GICH_LR_PENDING) == 0 && count_states(m, GICH_LR_PENDING_ACTIVE)
           ? m->hcr & HCR_NPIE : 0;
}

uint32_t model_eisr(const struct model *m)
{
    uint32_t eisr = 0;

    for (unsigned i = 0; i < LRS; i++) {
        bool ended = state_of(m->lr[i]) == GICH_LR_INVALID && !(m->lr[i] & LR_HW) &&
                     (m->lr[i] & LR_EOI);

        eisr |= (uint32_t)ended << i;
    }
    return eisr;
}

/* Invalid, and not waiting for Hyp to see its end (5.3.9). */
uint32_t model_elrsr(const struct model *m)
{
    uint32_t elrsr = 0;

    for (unsigned i = 0; i < LRS; i++) {
        elrsr |= (uint32_t)(state_of(m->lr[i]) == GICH_LR_INVALID) << i;
    }
    return elrsr & ~model_eisr(m);
}

uint32_t model_vmcr(const struct model *m)
{
    return m->ctlr | m->abpr << 18 | m->bpr << 21 | (m->pmr & 0xf8) << 24;
}

static bool is_fiq(const struct model *m, uint32_t lr)
{
    return !is_group1(lr) && (m->ctlr & CTLR_FIQEN);
}

bool model_virq(const struct model *m)
{
    int i = best(m);

    return is_signalled(m, i) && !is_fiq(m, m->lr[i]);
}

bool model_vfiq(const struct model *m)
{
    int i = best(m);

    return is_signalled(m, i) && is_fiq(m, m->lr[i]);
}
