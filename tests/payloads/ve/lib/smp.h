/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The second CPU as a servant: it does in Hyp what CPU0 tells it.
 */
#ifndef PAYLOADS_VE_SMP_H
#define PAYLOADS_VE_SMP_H

#include <stdbool.h>

/** smp_start: starts CPU1 and waits for it.  Returns whether the machine has one. */
bool smp_start(void);

/** smp_serve: for payload_main() on CPU1; calls ve_init() there and never returns. */
__attribute__((noreturn)) void smp_serve(void);

/** smp_begin: lets CPU1 call @job(@argument); smp_wait() must come before the next. */
void smp_begin(void (*job)(void *), void *argument);

/** smp_wait: waits until the job is done. */
void smp_wait(void);

/** smp_call: both. */
void smp_call(void (*job)(void *), void *argument);

#endif
