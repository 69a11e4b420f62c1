/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * external-abort   with SCR.EA external aborts are taken to Monitor mode from every mode, and the
 *                  Secure copies of the fault registers tell; else to the Abort mode of the
 *                  security state (DDI 0406C B1.8, B1.9.10)
 * async-abort      the same of a store's, which waits for CPSR.A; in Non-secure state SCR.AW 0
 *                  with SCR.EA 1 takes it whatever CPSR.A is (B1.9.10)
 */
#include <stdint.h>
#include "armv7/psr.h"
#include "external_abort.h"
#include "monitor.h"
#include "report.h"

#define HOLE 0x0f000000u        /* where virt has nothing */
#define DFSR_LOAD 0x008u        /* FS 01000, synchronous external abort: B3.13 */
#define DFSR_STORE 0x808u       /* and WnR */
#define DFSR_ASYNC 0x406u       /* FS 10110 */
#define PSR_MASKED (ARMV7_PSR_A | ARMV7_PSR_I | ARMV7_PSR_F)

enum where { CAME_TO_END, SECURE_ABORT, MONITOR, NS_ABORT };

typedef void code(void);
uint32_t abort_of(code *code, uint32_t address, uint32_t scr, uint32_t psr);
code code_load, code_store, code_fetch, code_nothing, code_isr;

/* What the handler saw. */
struct seen {
    uint32_t lr, dfsr, dfar, ifsr, isr, psr;
};
extern struct seen abort_seen;
struct seen abort_seen;

struct state {
    const char *name;
    uint32_t scr, psr;
    enum where without_ea;
};

static const struct state states[] = {
    { "secure-svc", SCR_HCE, ARMV7_MODE_SVC, SECURE_ABORT },
    { "secure-sys", SCR_HCE, ARMV7_MODE_SYS, SECURE_ABORT },
    { "monitor", SCR_HCE, ARMV7_MODE_MON, SECURE_ABORT },
    { "ns-svc", SCR_HCE | SCR_NS, ARMV7_MODE_SVC, NS_ABORT },
    { "ns-irq", SCR_HCE | SCR_NS, ARMV7_MODE_IRQ, NS_ABORT },
    { "hyp", SCR_HCE | SCR_NS, ARMV7_MODE_HYP, MONITOR },
};
#define STATE_COUNT (sizeof(states) / sizeof(states[0]))

static bool is_right(enum where got, enum where want, uint32_t fsr_got, uint32_t fsr)
{
    bool monitor = (abort_seen.psr & (PSR_MASKED | 0x1f)) == (PSR_MASKED | ARMV7_MODE_MON);

    return got == want && fsr_got == fsr && (want != MONITOR || monitor);
}

static void claim_sync(const struct state *state, uint32_t ea)
{
    enum where want = ea ? MONITOR : state->without_ea, got;
    uint32_t psr = state->psr | PSR_MASKED;

    got = abort_of(code_load, HOLE, state->scr | ea, psr);
    claim(ea ? "external-abort-load-ea" : "external-abort-load", state->name,
          is_right(got, want, abort_seen.dfsr, DFSR_LOAD) && abort_seen.dfar == HOLE &&
          abort_seen.lr == (uint32_t)code_load + 8, got << 16 | abort_seen.dfsr);
    got = abort_of(code_fetch, HOLE, state->scr | ea, psr);
    claim(ea ? "external-abort-fetch-ea" : "external-abort-fetch", state->name,
          is_right(got, want, abort_seen.ifsr, DFSR_LOAD) && abort_seen.lr == HOLE + 4,
          got << 16 | abort_seen.ifsr);
}

static void claim_sync_store(const struct state *state, uint32_t ea)
{
    enum where got = abort_of(code_store, HOLE, state->scr | ea, state->psr | PSR_MASKED);

    claim(ea ? "external-abort-store-ea" : "external-abort-store", state->name,
          is_right(got, ea ? MONITOR : state->without_ea, abort_seen.dfsr, DFSR_STORE) &&
          abort_seen.dfar == HOLE, got << 16 | abort_seen.dfsr);
}

/* With CPSR.A 1 it stays pending and ISR.A says so: true if that is what happened. */
static bool waits(const struct state *state, uint32_t scr)
{
    enum where got = abort_of(code_isr, HOLE, state->scr | scr, state->psr | PSR_MASKED);

    return got == CAME_TO_END && abort_seen.isr == ARMV7_PSR_A;
}

/* Taken as soon as CPSR.A is 0, and once. */
static void claim_async(const struct state *state, uint32_t scr, bool masked, const char *name)
{
    uint32_t psr = state->psr | ARMV7_PSR_I | ARMV7_PSR_F;
    bool waited = !masked || waits(state, scr);
    enum where got = abort_of(masked ? code_nothing : code_store, HOLE, state->scr | scr, psr);
    uint32_t detail = (uint32_t)!waited << 31 | got << 16 | abort_seen.dfsr;
    bool right = is_right(got, scr & SCR_EA ? MONITOR : state->without_ea, abort_seen.dfsr,
                          DFSR_ASYNC);
    enum where again = abort_of(code_nothing, HOLE, state->scr | scr, psr);

    claim(name, state->name, waited && right && again == CAME_TO_END, detail);
}

static void claim_async_state(const struct state *state)
{
    bool ns = state->scr & SCR_NS;
    enum where got;

    if (state->without_ea != MONITOR) {
        claim_async(state, 0, false, "async-abort");
        claim_async(state, 0, true, "async-abort-masked");
    }
    claim_async(state, SCR_EA, false, "async-abort-ea");
    claim_async(state, SCR_EA | SCR_AW, true, "async-abort-ea-aw-masked");
    if (ns) {
        got = abort_of(code_store, HOLE, state->scr | SCR_EA,
                       state->psr | PSR_MASKED);
        claim("async-abort-ea-not-maskable", state->name,
              is_right(got, MONITOR, abort_seen.dfsr, DFSR_ASYNC), got << 16 | abort_seen.dfsr);
    }
}

void claim_external_aborts(bool async)
{
    for (unsigned i = 0; i < STATE_COUNT; i++) {
        if (states[i].without_ea != MONITOR) {
            claim_sync(&states[i], 0);
        }
        claim_sync(&states[i], SCR_EA);
        if (async) {
            claim_async_state(&states[i]);
            continue;
        }
        if (states[i].without_ea != MONITOR) {
            claim_sync_store(&states[i], 0);
        }
        claim_sync_store(&states[i], SCR_EA);
    }
}
