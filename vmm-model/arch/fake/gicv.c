/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The virtual CPU interface: what a guest sees in GICV, made of list registers.  IHI 0048B 5.2,
 * 5.5.  Group 0 only, EOImode 0, 32 priorities, binary point 2 (each its own).
 */
#include "arch/fake/fake.h"
#include "armv7/gicv2.h"

#define HCR_EN      1u
#define HCR_LRENPIE 4u
#define HCR_NPIE    8u
#define LR_EOI      (1u << 19)
#define IDLE        32u

static bool is_pending(uint32_t lr)
{
    return GICH_LR_GET(lr, STATE) & GICH_LR_PENDING;
}

static bool is_active(uint32_t lr)
{
    return GICH_LR_GET(lr, STATE) & GICH_LR_ACTIVE;
}

static unsigned running_priority(const struct fake_gich *gich)
{
    return gich->apr ? (unsigned)__builtin_ctz(gich->apr) : IDLE;
}

/* Index of the list register that is signalled next, or -1: the most urgent pending one that is
 * not active, if it may preempt. */
static int highest_pending(const struct fake_gich *gich)
{
    int best = -1;

    for (int i = 0; i < FAKE_LR_COUNT; i++) {
        uint32_t lr = gich->lr[i];

        if (GICH_LR_GET(lr, STATE) == GICH_LR_PENDING &&
            (best < 0 || GICH_LR_GET(lr, PRIORITY) < GICH_LR_GET(gich->lr[best], PRIORITY) ||
             (GICH_LR_GET(lr, PRIORITY) == GICH_LR_GET(gich->lr[best], PRIORITY) &&
              GICH_LR_GET(lr, VIRTUALID) < GICH_LR_GET(gich->lr[best], VIRTUALID)))) {
            best = i;
        }
    }
    return best;
}

static int signalled(const struct fake_gich *gich)
{
    int best = highest_pending(gich);
    unsigned priority;

    if (best < 0 || !(gich->hcr & HCR_EN) || !(gich->vmcr & 1)) {
        return -1;
    }
    priority = GICH_LR_GET(gich->lr[best], PRIORITY);
    return priority < gich->vmcr >> 27 && priority < running_priority(gich) ? best : -1;
}

/* ID and, of an SGI, sender as IAR gives them. */
static uint32_t iar_value(uint32_t lr)
{
    uint32_t id = GICH_LR_GET(lr, VIRTUALID);

    return id < GICV2_PPI_FIRST ? id | (lr & 7u << 10) : id;
}

bool gicv_irq(const struct fake_gich *gich)
{
    return signalled(gich) >= 0;
}

uint32_t gicv_hppir(const struct fake_gich *gich)
{
    int best = highest_pending(gich);

    return best < 0 ? GICV2_INTID_SPURIOUS : iar_value(gich->lr[best]);
}

uint32_t gicv_iar(struct fake_gich *gich)
{
    int best = signalled(gich);
    uint32_t *lr;

    if (best < 0) {
        return GICV2_INTID_SPURIOUS;
    }
    lr = &gich->lr[best];
    gich->apr |= 1u << GICH_LR_GET(*lr, PRIORITY);
    *lr = (*lr & ~(3u << GICH_LR_STATE_SHIFT)) | (uint32_t)GICH_LR_ACTIVE << GICH_LR_STATE_SHIFT;
    return iar_value(*lr);
}

static void deactivate(uint32_t *lr)
{
    if (*lr & 1u << GICH_LR_HW_SHIFT) {
        arch_irq_set_active(GICH_LR_GET(*lr, PHYSICALID), false);
    }
    *lr &= ~((uint32_t)GICH_LR_ACTIVE << GICH_LR_STATE_SHIFT);
}

void gicv_eoir(struct fake_gich *gich, uint32_t value)
{
    gich->apr &= gich->apr - 1; /* priority drop */
    for (unsigned i = 0; i < FAKE_LR_COUNT; i++) {
        if (is_active(gich->lr[i]) && iar_value(gich->lr[i]) == value) {
            deactivate(&gich->lr[i]);
            return;
        }
    }
    gich->hcr += 1u << 27; /* EOICount */
}

bool gicv_maintenance(const struct fake_gich *gich)
{
    bool any_pending = false;

    for (unsigned i = 0; i < FAKE_LR_COUNT; i++) {
        uint32_t lr = gich->lr[i];

        any_pending = any_pending || is_pending(lr);
        if (GICH_LR_GET(lr, STATE) == GICH_LR_INVALID && (lr & LR_EOI) &&
            !(lr & 1u << GICH_LR_HW_SHIFT)) {
            return true;
        }
    }
    return ((gich->hcr & HCR_NPIE) && !any_pending) ||
           ((gich->hcr & HCR_LRENPIE) && gich->hcr >> 27);
}
