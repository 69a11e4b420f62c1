/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest: PL1, MMU off.  Every round runs each instruction that must trap once. */
#include "guest.h"

        .arch   armv7-a
        .arch_extension virt
        .arch_extension sec
        .fpu    neon-vfpv4
        .syntax unified
        .arm

        .global guest_main
guest_main:
        ldr     r4, =rounds
        ldr     r4, [r4]
        ldr     r5, =GUEST_UNMAPPED
        ldr     r6, =GUEST_READ_ONLY
        mov     r7, #0                          @ changes every round, like a guest's registers
round:
        hvc     #HVC_PLAIN
        mcr     p15, 0, r7, c1, c0, 1           @ ACTLR, HCR.TAC
        mrc     p15, 0, r8, c1, c0, 1
        mcr     p15, 0, r7, c13, c0, 1          @ CONTEXTIDR, HCR.TVM
        mcrr    p15, 0, r7, r8, c2              @ TTBR0, 64 bits, HCR.TVM
        wfi                                     @ HCR.TWI
        ldr     r8, =smc_traps
        ldr     r8, [r8]
        cmp     r8, #0
        smcne   #0                              @ HCR.TSC
        vmrs    r8, fpexc                       @ HCPTR.TCP10
        ldr     r8, [r5]                        @ stage-2 translation fault
        str     r7, [r5, #4]
        strb    r7, [r6, #1]                    @ stage-2 permission fault
        blx     r5                              @ stage-2 translation fault of a fetch
        hvc     #HVC_IRQ
        nop                                     @ the interrupt comes before this
        hvc     #HVC_NESTED
        hvc     #HVC_UNDEF
        mov     r8, #0x80                       @ the FIQ bank must not show
        cps     #0x11                           @ FIQ: r8 to r14 are others
        mov     r8, #0x18
        mov     r12, #0x1c
        mov     sp, #0xf00
        mov     lr, #0xf1
        hvc     #HVC_PLAIN
        cps     #0x1f                           @ System: sp and lr of User
        mov     sp, #0xa00
        mov     lr, #0xa1
        hvc     #HVC_PLAIN
        cps     #0x13
        adr     r8, thumb + 1
        blx     r8
        add     r7, r7, #0x11
        subs    r4, r4, #1
        bne     round
        hvc     #HVC_DONE
1:      b       1b

        .thumb
        .thumb_func
thumb:
        hvc     #HVC_PLAIN
        ldr     r0, [r5]                        @ 16 bits
        ldr.w   r8, [r5, #8]                    @ 32 bits
        bx      lr
