/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: where do external aborts of accesses to holes in the physical memory map go (DDI 0406C
 * B1.8, B1.9), and when?
 *
 *   sync     loads: a precise Data Abort of the own mode, to Hyp from Hyp
 *   async    stores, where the bus tells of the error later (arndale): wait for CPSR.A, seen in
 *            ISR.A; with HCR.AMO go to Hyp whatever CPSR.A is, as EC 0x24 with status 0x11
 *   stock    stores, where QEMU tells of it at once (all other boards; argument 1 says that
 *            arndale runs with sync-aborts=on)
 *   virtual  a virtual abort of HCR.VA neither is nor takes the physical one
 */
#include <stddef.h>
#include "args.h"
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "board.h"
#include "hyp.h"
#include "judge.h"
#include "probe.h"
#include "sysregs.h"
#include "tap.h"

#define LDR_R3_R1 0xe5913000u
#define STR_R3_R1 0xe5813000u
#define STRB_R3_R1 0xe5c13000u
#define STRD_R4_R1 0xe1c140f0u
#define STM_R1 0xe8810038u              /* {r3-r5} */
#define VSTR_D0_R1 0xed810b00u
#define DSB 0xf57ff04fu
#define WFE 0xe320f002u
#define WFI 0xe320f003u
#define CPSIE_A 0xf1080100u
#define MRC_ISR_R6 0xee1c6f11u
#define NOP 0xe320f000u

#define PSR_MASKS (ARMV7_PSR_A | ARMV7_PSR_I | ARMV7_PSR_F)
#define DFSR_SHORT_STATUS 0x60fu        /* LPAE, FS */
#define DFSR_LONG_STATUS 0x23fu         /* LPAE, STATUS */
#define SYNC_SHORT 0x008u               /* FS 01000: B3.13 */
#define ASYNC_SHORT 0x406u              /* FS 10110 */
#define ASYNC_LONG 0x211u               /* LPAE, STATUS 010001 */
#define WNR 0x800u
#define HSR_ASYNC 0x90000011u           /* EC 0x24, status 010001 */
#define HSR_ASYNC_SAME 0x94000011u      /* EC 0x25 */
#define HSR_SYNC_SAME 0x94000010u
#define HSR_MASK 0xfd0001bfu            /* without EA, WnR, IL: IMPLEMENTATION DEFINED, UNKNOWN */
#define TTBCR_EAE 0x80000000u

static const struct { const char *name; uint32_t hole; bool async; } boards[] = {
    { "arndale", 0x20000000, true },
    { "virt", 0x0f000000, false },
};
static uint32_t hole;
static bool long_format;

static const struct { unsigned mode; const char *name; } modes[] = {
    { ARMV7_MODE_USR, "usr" }, { ARMV7_MODE_SVC, "svc" }, { ARMV7_MODE_SYS, "sys" },
    { ARMV7_MODE_FIQ, "fiq" }, { ARMV7_MODE_IRQ, "irq" }, { ARMV7_MODE_ABT, "abt" },
    { ARMV7_MODE_UND, "und" },
};
#define MODE_COUNT (sizeof(modes) / sizeof(modes[0]))

static const struct { const char *name; uint32_t insn; } stores[] = {
    { "str", STR_R3_R1 }, { "strb", STRB_R3_R1 }, { "strd", STRD_R4_R1 }, { "stm", STM_R1 },
    { "vstr", VSTR_D0_R1 },
};
#define STORE_COUNT (sizeof(stores) / sizeof(stores[0]))

/* The MMU is off; only the format of DFSR depends on TTBCR.EAE. */
void ve_prepare(void)
{
    cp15_write_ttbcr(long_format ? TTBCR_EAE : 0);
}

static void verdict(const struct text *name, bool ok, const struct ve_record *record)
{
    struct text detail;

    text_clear(&detail);
    ve_describe(&detail, record);
    text_add_field(&detail, "dfsr", record->dfsr);
    text_add_field(&detail, "r6", record->r[6]);
    tap_claim(ok, name->s, detail.s);
}

/* Runs @words in @mode with the CPSR's @masks; r1 is the hole. */
static struct ve_record run(struct ve_probe *probe, const uint32_t *words, unsigned count,
                            unsigned mode, uint32_t masks, uint32_t hcr)
{
    const struct ve_controls controls = { .hcr = hcr };
    struct ve_record record = { 0 };

    ve_probe_program(probe, words, count, mode);
    probe->state.psr = (probe->state.psr & ~PSR_MASKS) | masks;
    probe->state.r[1] = hole;
    ve_run(&probe->state, &controls, &record);
    return record;
}
#define RUN(probe, words, mode, masks, hcr) \
    run(probe, words, sizeof(words) / sizeof(words[0]), mode, masks, hcr)

/* The address behind instruction @n of the program. */
static uint32_t behind(const struct ve_probe *probe, unsigned n)
{
    return probe->insn + 4 * (n + 1);
}

/* A Data Abort of PL1 with @fsr, to return to @pc. */
static bool is_pl1_abort(const struct ve_record *record, uint32_t fsr, uint32_t pc)
{
    uint32_t status = long_format ? DFSR_LONG_STATUS : DFSR_SHORT_STATUS;

    return record->outcome == VE_PL1 && record->vector == VE_VECTOR_DABT &&
           (record->dfsr & status) == fsr && record->pc == pc + 8 &&
           (record->entry_psr & (ARMV7_PSR_A | ARMV7_PSR_I)) == (ARMV7_PSR_A | ARMV7_PSR_I);
}

static bool is_hyp_abort(const struct ve_record *record, uint32_t hsr, uint32_t pc)
{
    return record->outcome == VE_HYP && record->vector == VECTOR_TRAP &&
           (record->hsr & HSR_MASK) == hsr && record->pc == pc;
}

static void claim_sync(void)
{
    static const uint32_t load[] = { LDR_R3_R1 };
    struct ve_probe probe;
    struct ve_record record;

    tap_group("aborts/sync", "B1.8", "loads from holes");
    for (unsigned i = 0; i < MODE_COUNT; i++) {
        struct text name = text_path("aborts/sync/ldr", modes[i].name, NULL);

        record = RUN(&probe, load, modes[i].mode, PSR_MASKS, 0);
        verdict(&name, is_pl1_abort(&record, SYNC_SHORT, probe.insn) && record.dfar == hole,
                &record);
        /* HCR.AMO is not about them. */
        name = text_path("aborts/sync/ldr-amo", modes[i].name, NULL);
        record = RUN(&probe, load, modes[i].mode, PSR_MASKS, ARMV7_HCR_AMO);
        verdict(&name, is_pl1_abort(&record, SYNC_SHORT, probe.insn) && record.dfar == hole,
                &record);
    }
    record = RUN(&probe, load, ARMV7_MODE_HYP, PSR_MASKS, 0);
    tap_claim(record.outcome == VE_HYP && record.vector == VECTOR_DABT &&
              (record.hsr & HSR_MASK) == HSR_SYNC_SAME && record.hdfar == hole &&
              record.pc == probe.insn, "aborts/sync/ldr/hyp", "");
}

/* Stores that the bus refuses at once. */
static void claim_stock(void)
{
    tap_group("aborts/stock", "B1.8", "stores to holes, synchronous");
    for (unsigned i = 0; i < STORE_COUNT; i++) {
        const uint32_t store[] = { stores[i].insn, DSB };
        struct text name = text_path("aborts/stock", stores[i].name, NULL);
        struct ve_probe probe;
        struct ve_record record = RUN(&probe, store, ARMV7_MODE_SVC, PSR_MASKS, 0);

        verdict(&name, is_pl1_abort(&record, SYNC_SHORT, probe.insn) && record.dfar == hole &&
                (record.dfsr & WNR), &record);
    }
}

/* To PL1 behind the store, which is complete; unmasked all the time. */
static void claim_unmasked(unsigned mode, unsigned store)
{
    uint32_t fsr = long_format ? ASYNC_LONG : ASYNC_SHORT;
    const uint32_t words[] = { stores[store].insn, DSB, NOP };
    struct text name = text_path("aborts/async", stores[store].name, modes[mode].name,
                                 long_format ? "long" : "short", NULL);
    struct ve_probe probe;
    struct ve_record record = RUN(&probe, words, modes[mode].mode, 0, 0);

    /* Recognized no later than the DSB completes: B1.8.  No earlier than behind the store. */
    verdict(&name, is_pl1_abort(&record, fsr, behind(&probe, 0)) ||
            is_pl1_abort(&record, fsr, behind(&probe, 1)), &record);
}

/* Masked: ISR.A shows it, the next instructions run, and CPSIE a takes it. */
static void claim_masked(unsigned mode)
{
    static const uint32_t words[] = { STR_R3_R1, DSB, MRC_ISR_R6, CPSIE_A, NOP, NOP };
    struct text name = text_path("aborts/async/masked", modes[mode].name, NULL);
    struct ve_probe probe;
    struct ve_record record = RUN(&probe, words, modes[mode].mode, PSR_MASKS, 0);

    verdict(&name, (is_pl1_abort(&record, ASYNC_SHORT, behind(&probe, 3)) ||
                    is_pl1_abort(&record, ASYNC_SHORT, behind(&probe, 4))) &&
            record.r[6] == ARMV7_PSR_A, &record);
}

/* Nothing is pending any more. */
static void claim_gone(const char *after)
{
    static const uint32_t words[] = { MRC_ISR_R6, NOP };
    struct text name = text_path("aborts/async/gone", after, NULL);
    struct ve_probe probe;
    struct ve_record record = RUN(&probe, words, ARMV7_MODE_SVC, 0, 0);

    verdict(&name, ve_probe_done(&probe, &record) && record.r[6] == 0, &record);
}

/* HCR.AMO: to Hyp, whatever CPSR.A is; the return address is behind the store. */
static void claim_amo(unsigned mode, uint32_t masks)
{
    static const uint32_t words[] = { STR_R3_R1, DSB, NOP };
    struct text name = text_path("aborts/async/amo", modes[mode].name,
                                 masks ? "masked" : "unmasked", NULL);
    struct ve_probe probe;
    struct ve_record record = RUN(&probe, words, modes[mode].mode, masks, ARMV7_HCR_AMO);

    verdict(&name, is_hyp_abort(&record, HSR_ASYNC, behind(&probe, 0)) ||
            is_hyp_abort(&record, HSR_ASYNC, behind(&probe, 1)), &record);
}

/* In Hyp mode: to Hyp, at the vector of its own Data Aborts, unless CPSR.A masks it. */
static void claim_hyp(void)
{
    static const uint32_t words[] = { STR_R3_R1, DSB, NOP };
    static const uint32_t masked[] = { STR_R3_R1, DSB, MRC_ISR_R6, CPSIE_A, NOP, NOP };
    struct text name = text_path("aborts/async/hyp/unmasked", NULL);
    struct ve_probe probe;
    struct ve_record record = RUN(&probe, words, ARMV7_MODE_HYP, 0, 0);

    verdict(&name, record.outcome == VE_HYP && record.vector == VECTOR_DABT &&
            (record.hsr & HSR_MASK) == HSR_ASYNC_SAME &&
            (record.pc == behind(&probe, 0) || record.pc == behind(&probe, 1)), &record);
    name = text_path("aborts/async/hyp/masked", NULL);
    record = RUN(&probe, masked, ARMV7_MODE_HYP, PSR_MASKS, 0);
    verdict(&name, record.outcome == VE_HYP && record.vector == VECTOR_DABT &&
            (record.hsr & HSR_MASK) == HSR_ASYNC_SAME && record.r[6] == ARMV7_PSR_A &&
            record.pc >= behind(&probe, 3), &record);
}

/* A guest's abort that is still pending when Hyp sets AMO goes to Hyp when a guest runs again. */
static void claim_pending_over_switch(void)
{
    static const uint32_t store[] = { STR_R3_R1, DSB };
    static const uint32_t nothing[] = { NOP, NOP };
    struct text name = text_path("aborts/async/pending/amo-later", NULL);
    struct ve_probe probe;
    struct ve_record record = RUN(&probe, store, ARMV7_MODE_SVC, PSR_MASKS, 0);
    bool waited = ve_probe_done(&probe, &record);

    record = RUN(&probe, nothing, ARMV7_MODE_SVC, PSR_MASKS, ARMV7_HCR_AMO);
    verdict(&name, waited && is_hyp_abort(&record, HSR_ASYNC, probe.insn), &record);
}

/* WFI does not wait while one is pending, masked or not: B1.8.13. */
static void claim_wfi(void)
{
    static const uint32_t words[] = { STR_R3_R1, DSB, WFI, MRC_ISR_R6, CPSIE_A, NOP };
    struct text name = text_path("aborts/async/wfi", NULL);
    struct ve_probe probe;
    struct ve_record record = RUN(&probe, words, ARMV7_MODE_SVC, PSR_MASKS, 0);

    verdict(&name, record.r[6] == ARMV7_PSR_A && record.outcome == VE_PL1 &&
            record.vector == VE_VECTOR_DABT, &record);
}

/*
 * WFE does not wait while one is pending that is not masked: B1.8.13.  The first WFE takes the
 * event of the exception return.
 */
static void claim_wfe(void)
{
    static const uint32_t words[] = { WFE, STR_R3_R1, WFE, NOP };
    struct text name = text_path("aborts/async/wfe", NULL);
    struct ve_probe probe;
    struct ve_record record = RUN(&probe, words, ARMV7_MODE_SVC, ARMV7_PSR_I | ARMV7_PSR_F, 0);

    verdict(&name, is_pl1_abort(&record, ASYNC_SHORT, behind(&probe, 1)) ||
            is_pl1_abort(&record, ASYNC_SHORT, behind(&probe, 2)), &record);
}

/*
 * HCR.VA without a physical abort, and with one: AMO sends that to Hyp, the virtual one waits for
 * the guest.  With AMO the guest's ISR.A is the virtual one alone.
 */
static void claim_virtual(void)
{
    static const uint32_t words[] = { STR_R3_R1, DSB, NOP };
    static const uint32_t isr[] = { MRC_ISR_R6, NOP };
    struct text name = text_path("aborts/virtual/physical-first", NULL);
    const uint32_t hcr = ARMV7_HCR_AMO | ARMV7_HCR_VA;
    struct ve_probe probe;
    struct ve_record record = RUN(&probe, words, ARMV7_MODE_SVC, PSR_MASKS, hcr);

    tap_group("aborts/virtual", "B1.8, B4.1", "virtual asynchronous aborts beside physical ones");
    verdict(&name, is_hyp_abort(&record, HSR_ASYNC, behind(&probe, 0)) ||
            is_hyp_abort(&record, HSR_ASYNC, behind(&probe, 1)), &record);
    name = text_path("aborts/virtual/then-virtual", NULL);
    record = RUN(&probe, isr, ARMV7_MODE_SVC, ARMV7_PSR_I | ARMV7_PSR_F, hcr);
    verdict(&name, is_pl1_abort(&record, ASYNC_SHORT, probe.insn), &record);
    name = text_path("aborts/virtual/isr", NULL);
    record = RUN(&probe, isr, ARMV7_MODE_SVC, PSR_MASKS, hcr);
    verdict(&name, ve_probe_done(&probe, &record) && record.r[6] == ARMV7_PSR_A, &record);
    name = text_path("aborts/virtual/isr-none", NULL);
    record = RUN(&probe, isr, ARMV7_MODE_SVC, PSR_MASKS, ARMV7_HCR_AMO);
    verdict(&name, ve_probe_done(&probe, &record) && record.r[6] == 0, &record);
}

static void claim_async(void)
{
    tap_group("aborts/async", "B1.8, B1.9", "stores to holes, asynchronous");
    for (unsigned i = 0; i < MODE_COUNT; i++) {
        for (unsigned store = 0; store < STORE_COUNT; store++) {
            for (unsigned format = 0; format < 2; format++) {
                long_format = format;
                claim_unmasked(i, store);
            }
        }
        long_format = false;
        if (modes[i].mode != ARMV7_MODE_USR) {
            claim_masked(i);
        }
        claim_amo(i, 0);
        claim_amo(i, PSR_MASKS);
        claim_gone(modes[i].name);
    }
    claim_hyp();
    claim_gone("hyp");
    claim_pending_over_switch();
    claim_gone("pending");
    claim_wfi();
    claim_gone("wfi");
    claim_wfe();
    claim_gone("wfe");
    claim_virtual();
}

static bool is_this_board(const char *name)
{
    const char *a = board.name;

    while (*a && *a == *name) {
        a++, name++;
    }
    return *a == *name;
}

static void claim_stores(void)
{
    for (unsigned i = 0; i < sizeof(boards) / sizeof(boards[0]); i++) {
        if (is_this_board(boards[i].name)) {
            hole = boards[i].hole;
            claim_sync();
            if (boards[i].async && !arg(1, 0)) {
                claim_async();
            } else {
                claim_stock();
            }
            return;
        }
    }
    tap_group("aborts/sync", "B1.8", "loads from holes");
    tap_skip("aborts/sync/ldr/svc", "no hole of this board is known");
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    claim_stores();
    tap_end();
}
