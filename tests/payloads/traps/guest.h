/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The guest of the payload, and the HVC immediates it speaks with.
 */
#ifndef TRAPS_GUEST_H
#define TRAPS_GUEST_H

#define HVC_PLAIN 1     /* does nothing */
#define HVC_IRQ 2       /* Hyp sends itself an SGI, which comes once the guest runs again */
#define HVC_NESTED 3    /* Hyp runs an SVC, and in its handler another */
#define HVC_UNDEF 4     /* Hyp executes an undefined instruction */
#define HVC_DONE 5      /* the guest has ended */

/* A GiB that is mapped read-only: 1 or 2, the other is RAM.  IPA 3 GiB: not mapped. */
#if RAM_BASE == 0x80000000
#define GUEST_READ_ONLY 0x40000000
#else
#define GUEST_READ_ONLY 0x80000000
#endif
#define GUEST_UNMAPPED 0xc0000000

#ifndef __ASSEMBLER__
/** guest_main: one trap of every class, and again as often as r4 says; guest.S. */
void guest_main(void);
#endif

#endif
