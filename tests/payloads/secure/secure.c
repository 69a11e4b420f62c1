/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What Virtualization Extensions must not do in Secure state, where there is no Hyp mode.  Runs
 * where a payload begins in Secure SVC mode: virt with secure=on.
 *
 * hvc-undefined  HVC is UNDEFINED in Secure SVC and Monitor mode although SCR.HCE is 1
 *                (DDI 0406C B9.3, HVC)
 * external-abort, async-abort   see external_abort.c.  With argument 0 not 0 stores to holes
 *                abort asynchronously: -cpu cortex-a15,async-aborts=on
 */
#include "args.h"
#include "board.h"
#include "external_abort.h"
#include "hyp.h"
#include "mmio.h"
#include "report.h"

/* virt with secure=on has no PSCI: pin 0 of a PL061 for Secure software ends the machine. */
#define SECURE_PL061 0x090b0000u
#define PL061_DATA_PIN0 0x004
#define PL061_DIR 0x400

uint32_t hvc_in_svc(void), hvc_in_monitor(void);
void secure_main(void);

enum { RAN = 0, WAS_UNDEFINED = 1, CAME_TO_HYP = 2 };

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    (void)vector;
    frame->r[0] = CAME_TO_HYP;
}

static void power_off(void)
{
    mmio_write32(SECURE_PL061 + PL061_DIR, 1);
    mmio_write32(SECURE_PL061 + PL061_DATA_PIN0, 1);
    for (;;) {
    }
}

void secure_main(void)
{
    uint32_t how = hvc_in_svc();

    claim("hvc-undefined", "svc", how == WAS_UNDEFINED, how);
    how = hvc_in_monitor();
    claim("hvc-undefined", "monitor", how == WAS_UNDEFINED, how);
    claim_external_aborts(arg(0, 0));
    claim_end();
    power_off();
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    claim("payload", "begins-secure", false, 0);
    claim_end();
    board_power_off();
}
