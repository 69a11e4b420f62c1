/* SPDX-License-Identifier: BSD-2-Clause */
/* What a host has in registers that a guest must not change. */
#ifndef VMM_HOSTED_HOST_STATE_H
#define VMM_HOSTED_HOST_STATE_H

#include <stdint.h>

/* Writes patterns that depend on salt into this CPU's banked registers, thread IDs, fault registers
 * and floating point, and remembers them and the translation's and timer's controls. */
void host_state_set(unsigned cpu, uint32_t salt);

/* The number of registers that differ from what host_state_set() left. */
enum host_state_kind { HOST_STATE_BANKED, HOST_STATE_CP15, HOST_STATE_MMU, HOST_STATE_VFP };
unsigned host_state_differs(unsigned cpu, enum host_state_kind kind);

#endif
