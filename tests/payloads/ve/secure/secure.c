/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: what do the Security Extensions change for Hyp mode and its guests?
 *
 *   hvc             HVC is UNDEFINED in Secure state although SCR.HCE is 1 (DDI 0406C B9.3.4)
 *   external-abort  with SCR.EA = 1 a synchronous external abort of Non-secure PL1 and of Hyp mode
 *                   is taken to Monitor mode, to vector 0x10 (B1.8, B4.1 SCR); with 0 to PL1 and Hyp
 *
 * Skipped where the CPU has no Security Extensions.
 */
#include <stddef.h>
#include "board.h"
#include "cp15.h"
#include "hyp.h"
#include "monitor.h"
#include "tap.h"

CP15_32(vbar, 0, c12, c0, 0)
CP15_32(scr, 0, c1, c1, 0)

/* entries.S: each returns where the exception came to. */
uint32_t hvc_in_svc(uint32_t argument);
uint32_t load_nowhere(void);
void guest_load_nowhere(void);
extern const char guest_vectors[];

/* r0 of the code that made the exception. */
enum place { NONE = 0, SECURE_UNDEF = 1, HYP_HVC = 2, MONITOR_ABORT = 3, HYP_ABORT = 4, PL1_ABORT = 5 };

static uint32_t hyp_sp;
static uint32_t guest_result;
static bool guest_runs;
static uint32_t guest_stack[16] __attribute__((aligned(8)));

/* HVC #0 ends a guest with its r0; its abort vector is HVC #PL1_ABORT.  Other HVCs are Secure. */
void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    switch (vector) {
    case VECTOR_TRAP:
        if (guest_runs) {
            guest_result = cp15_read_hsr() & 0xffff ? PL1_ABORT : frame->r[0];
            guest_leave(hyp_sp);
        }
        frame->r[0] = HYP_HVC;
        break;
    case VECTOR_DABT:
        frame->r[0] = HYP_ABORT;
        frame->elr += 4;
        break;
    case VECTOR_HVC:
    case VECTOR_UNDEF:
    case VECTOR_IABT:
    case VECTOR_IRQ:
    case VECTOR_FIQ:
        tap_bail_out("exception in Hyp, vector and ELR:", vector, frame->elr);
    }
}

static void claim(const char *group, const char *name, uint32_t seen, enum place want)
{
    struct text path = text_path("secure", group, name, NULL), detail;

    if (!board.security) {
        tap_skip(path.s, "the CPU has no Security Extensions");
        return;
    }
    text_clear(&detail);
    text_add_field(&detail, "want", want);
    text_add_field(&detail, "seen", seen);
    tap_claim(seen == want, path.s, detail.s);
}

static uint32_t in_monitor(uint32_t (*work)(uint32_t), uint32_t argument)
{
    return board.security ? monitor_call(work, argument) : NONE;
}

static uint32_t set_scr_ea(uint32_t on)
{
    cp15_write_scr(on ? cp15_read_scr() | SCR_EA : cp15_read_scr() & ~SCR_EA);
    return 0;
}

static uint32_t abort_of_hyp(void)
{
    return board.security ? load_nowhere() : NONE;
}

static uint32_t abort_of_pl1(void)
{
    if (board.security) {
        guest_runs = true;
        guest_enter(guest_load_nowhere, (uint32_t)(guest_stack + 16), &hyp_sp);
        guest_runs = false;
    }
    return guest_result;
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    cp15_write_vbar((uint32_t)guest_vectors);
    tap_group("secure/hvc", "B9.3.4", "HVC is UNDEFINED in Secure state");
    claim("hvc", "svc", in_monitor(hvc_in_svc, 0), SECURE_UNDEF);
    tap_group("secure/external-abort", "B1.8, B4.1 (SCR)",
              "SCR.EA takes external aborts to Monitor mode");
    claim("external-abort", "pl1-ea-0", abort_of_pl1(), PL1_ABORT);
    claim("external-abort", "hyp-ea-0", abort_of_hyp(), HYP_ABORT);
    in_monitor(set_scr_ea, 1);
    claim("external-abort", "pl1", abort_of_pl1(), MONITOR_ABORT);
    claim("external-abort", "hyp", abort_of_hyp(), MONITOR_ABORT);
    in_monitor(set_scr_ea, 0);
    tap_end();
}
