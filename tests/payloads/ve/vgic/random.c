/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Sequences of what a hypervisor and its guest do, in an order that nobody chose.  They keep to
 * what software may do: ends in the reverse order of acknowledges, through the register of the
 * group; no two list registers with the same interrupt or the same priority; binary points
 * change when nothing is active, and are the same for both groups.
 */
#include <stddef.h>
#include "armv7/gicv2.h"
#include "both.h"

#define SEQUENCES 64u
#define STEPS 60u
#define DEEPEST 16u

static uint32_t seed;
static uint32_t next_id;

/* Acknowledged and not dropped; dropped and not deactivated (EOImode). */
struct taken {
    uint32_t id;
    bool alias;
};
static struct taken running[DEEPEST];
static uint32_t dropped[64];
static unsigned running_count, dropped_count;

/* Numerical Recipes' generator; its high bits. */
static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % limit;
}

static void fill(unsigned i)
{
    uint32_t lr = LR_PENDING | LR_PRIORITY(random_below(8) << 2 | i) | next_id;

    next_id = next_id == 1019 ? 32 : next_id + 1;
    lr |= random_below(2) ? LR_GRP1 : 0;
    both_lr(i, lr | (random_below(4) == 0 ? LR_EOI : 0));
}

/* Hyp fills what is free, withdraws what is pending, lets the active come again, or takes it out. */
static void touch_list_register(void)
{
    unsigned i = random_below(LRS);
    uint32_t lr = both_model.lr[i];

    switch (GICH_LR_GET(lr, STATE)) {
    case GICH_LR_INVALID:
        fill(i);
        break;
    case GICH_LR_PENDING:
        both_lr(i, random_below(2) ? 0 : lr);
        break;
    case GICH_LR_ACTIVE:
        both_lr(i, random_below(4) ? lr | LR_PENDING : 0);
        break;
    default:
        both_lr(i, lr & ~LR_PENDING);
        break;
    }
}

static void acknowledge(void)
{
    bool alias = !(both_model.ctlr & CTLR_ACKCTL) && random_below(2);
    uint32_t id;

    if (running_count == DEEPEST) {
        return;
    }
    id = both_iar(alias);
    if (id < SPURIOUS_GROUP1) {
        running[running_count++] = (struct taken) { id, alias };
    }
}

static void end(void)
{
    struct taken last;

    if (running_count == 0) {
        return;
    }
    last = running[--running_count];
    both_eoir(last.id, last.alias);
    if (both_model.ctlr & CTLR_EOIMODE) {
        dropped[dropped_count++] = last.id;
    }
}

static void deactivate(void)
{
    if (dropped_count) {
        unsigned i = random_below(dropped_count);
        uint32_t id = dropped[i];

        dropped[i] = dropped[--dropped_count];
        both_dir(id);
    }
}

static void change_settings(void)
{
    uint32_t bpr;

    switch (random_below(running_count ? 2 : 3)) {
    case 0:
        both_pmr(random_below(256));
        break;
    case 1:
        both_hcr(HCR_EN | (random_below(128) << 1) |
                 (both_model.hcr & 31u << HCR_EOICOUNT_SHIFT));
        break;
    case 2:
        bpr = 2 + random_below(5);
        both_bpr(bpr);
        both_abpr(bpr + 1);
        break;
    }
}

static void take_a_step(void)
{
    switch (random_below(10)) {
    case 0: case 1: case 2:
        touch_list_register();
        break;
    case 3: case 4: case 5:
        acknowledge();
        break;
    case 6: case 7:
        end();
        break;
    case 8:
        deactivate();
        break;
    default:
        change_settings();
        break;
    }
}

static void claim_sequence(uint32_t number)
{
    struct text name = text_path("vgic/random", NULL);

    text_add(&name, "/");
    text_add_decimal(&name, number);
    seed = number * 2654435761u + 1;
    next_id = 32;
    running_count = dropped_count = 0;
    both_begin(CTLR_GRP0 | CTLR_GRP1 | (number & 1 ? CTLR_EOIMODE : 0) |
               (number & 2 ? CTLR_ACKCTL : 0) | (number & 4 ? CTLR_FIQEN : 0));
    for (unsigned i = 0; i < STEPS; i++) {
        take_a_step();
        both_lines();
    }
    both_end(name.s);
}

void claim_random(void)
{
    tap_group("vgic/random", "IHI 0048B 5", "sequences of Hyp and guest");
    for (uint32_t i = 0; i < SEQUENCES; i++) {
        claim_sequence(i);
    }
}
