/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Exclusive accesses of guests, with stage 1 on: the address is Normal, Shareable memory, as
 * exclusives need (A3.4.5).
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "mapping.h"
#include "parts.h"
#include "probe.h"
#include "smp.h"

#define ROUNDS 3000u

/* r1 the address, r2 a new value; r3 what was read, r4 STREX's result. */
static const uint32_t load[] = { 0xe1913f9f };                      /* LDREX r3, [r1] */
static const uint32_t store[] = { 0xe1814f92 };                     /* STREX r4, r2, [r1] */
static const uint32_t pair[] = { 0xe1913f9f, 0xe1814f92 };
static const uint32_t clear[] = { 0xe1913f9f, 0xf57ff01f, 0xe1814f92 };     /* with CLREX */
static const uint32_t other_way[] = { 0xe1913f9f, 0xe5812000, 0xe1914f9f,   /* STR between */
                                      0xe1814f92 };
/* r0 times: LDREX, add 1, STREX until it is done. */
static const uint32_t count[] = {
    0xe1913f9f, 0xe2833001, 0xe1814f93, 0xe3540000, 0x1afffffa, 0xe2500001, 0x1afffff8,
};

struct run {
    struct ve_probe probe;
    struct ve_record record;
};

static void run(void *argument)
{
    static const struct ve_controls none = { 0 };
    struct run *r = argument;

    ve_run(&r->probe.state, &none, &r->record);
}

static void make(struct run *r, const uint32_t *words, unsigned n)
{
    *r = (struct run) { .record = { 0 } };
    ve_probe_program(&r->probe, words, n, ARMV7_MODE_SVC);
    r->probe.state.r[0] = ROUNDS;
    r->probe.state.r[1] = MAP_VA;
    r->probe.state.r[2] = 0x77;
}

static volatile uint32_t *word(void)
{
    return (volatile uint32_t *)MAP_PA;
}

static void claim_alone(const char *name, const uint32_t *words, unsigned n, uint32_t result,
                        uint32_t value)
{
    struct run r;

    *word() = 5;
    make(&r, words, n);
    run(&r);
    verdict(name, ve_probe_done(&r.probe, &r.record) && r.record.r[4] == result &&
            *word() == value, r.record.r[4], *word());
}

/*
 * CPU0 loads; CPU1 stores @other_stores if it is not 0, in a guest; CPU0 stores.  A world switch
 * lies between.  A store of the other CPU takes the reservation whatever it stores (A3.4.2).
 */
static void claim_between(const char *name, uint32_t other_stores, bool clrex)
{
    static struct run other;
    struct run r;
    uint32_t first;

    *word() = 5;
    make(&r, load, 1);
    run(&r);
    first = r.record.r[3];
    if (other_stores) {
        make(&other, pair, 2);
        other.probe.state.r[2] = other_stores;
        smp_call(run, &other);
    }
    if (clrex) {
        __asm__ volatile("clrex");
    }
    make(&r, store, 1);
    r.probe.state.r[2] = 0x88;
    run(&r);
    /* Stored and 0, or not stored and 1; with CLREX or a store of the other only the latter. */
    verdict(name, first == 5 && ve_probe_done(&r.probe, &r.record) &&
            ((r.record.r[4] == 1 && *word() == (other_stores ? other_stores : 5u)) ||
             (r.record.r[4] == 0 && *word() == 0x88 && !other_stores && !clrex)),
            r.record.r[4], *word());
}

/* Both CPUs count up the same word: none is lost. */
static void claim_counter(void)
{
    static struct run here, there;

    *word() = 0;
    make(&here, count, 7);
    there = here;
    smp_begin(run, &there);
    run(&here);
    smp_wait();
    verdict("smp/exclusive/counter", ve_probe_done(&here.probe, &here.record) &&
            ve_probe_done(&there.probe, &there.record) && *word() == 2 * ROUNDS, *word(),
            2 * ROUNDS);
}

void claim_exclusives(void)
{
    tap_group("smp/exclusive", "A3.4", "LDREX and STREX of guests on both CPUs");
    claim_alone("smp/exclusive/pair", pair, 2, 0, 0x77);
    claim_alone("smp/exclusive/clrex", clear, 3, 1, 5);
    claim_alone("smp/exclusive/load-store-load", other_way, 4, 0, 0x77);
    claim_between("smp/exclusive/world-switch", 0, false);
    claim_between("smp/exclusive/world-switch-clrex", 0, true);
    claim_between("smp/exclusive/other-stores", 0x77, false);
    claim_between("smp/exclusive/other-stores-same", 5, false);
    claim_counter();
}
