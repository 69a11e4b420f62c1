/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: do the parts of v7.1 debug that a hypervisor meets work?  DDI 0406C C3, C11.11.
 *
 *   vector-catch   DBGVCR, taken to PL1 and, with HDCR.TDE, to Hyp
 *   linked         breakpoints and watchpoints of one context ID, one VMID, or both
 *   unlinked       breakpoints of a context wherever it is
 *   mismatch       breakpoints of all addresses but one
 *   os-lock        no debug events while the OS Lock is set
 *   dscr           bits of DBGDSCR
 *   dcc            LDC and STC of DBGDTR in every addressing mode, and their syndrome
 *   udccdis        DBGDSCR.UDCCdis keeps User mode out
 *   moe            DBGDSCR.MOE says what the last debug exception was
 */
#include "debug.h"
#include "hyp.h"
#include "judge.h"

static void describe(struct text *detail, const struct ve_record *record)
{
    text_clear(detail);
    ve_describe(detail, record);
    text_add_field(detail, "ifsr", record->ifsr);
    text_add_field(detail, "dscr", cp14_read_dbgdscr());
}

static void run(const struct ve_probe *probe, uint32_t hcr, bool tde, struct ve_record *record)
{
    const struct ve_controls controls = { .hcr = hcr, .hdcr = tde ? HDCR_TDE : 0 };

    cp14_write_dbgdscr(cp14_read_dbgdscr() & ~DBGDSCR_MOE_MASK);
    ve_run(&probe->state, &controls, record);
}

void debug_claim(const char *name, const struct ve_probe *probe, uint32_t hcr, bool tde,
                 uint32_t address, unsigned moe)
{
    struct ve_record record = { 0 };
    struct text detail;
    bool ok;

    run(probe, hcr, tde, &record);
    describe(&detail, &record);
    if (tde) {
        ok = record.outcome == VE_HYP && record.vector == VECTOR_TRAP &&
             (record.hsr & HSR_EC_FSC) == HSR_DEBUG_IABT && record.pc == address;
    } else {
        ok = record.outcome == VE_PL1 && record.vector == VE_VECTOR_IABT &&
             (record.ifsr & IFSR_STATUS) == IFSR_DEBUG && record.pc == address + 4;
    }
    tap_claim(ok && DBGDSCR_MOE(cp14_read_dbgdscr()) == moe, name, detail.s);
}

void debug_claim_end(const char *name, const struct ve_probe *probe, uint32_t hcr, bool tde,
                     enum ve_outcome outcome, unsigned vector)
{
    struct ve_record record = { 0 };
    struct text detail;

    run(probe, hcr, tde, &record);
    describe(&detail, &record);
    tap_claim(outcome == VE_DONE ? ve_probe_done(probe, &record) :
              record.outcome == outcome && record.vector == vector, name, detail.s);
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    cp14_write_dbgoslar(0);
    cp14_write_dbgdscr(DBGDSCR_MDBGEN);
    claim_vector_catch();
    claim_os_lock();
    claim_dscr();
    claim_mismatches();
    claim_linked();
    claim_dcc();
    claim_moe();
    claim_unlinked();
    tap_end();
}
