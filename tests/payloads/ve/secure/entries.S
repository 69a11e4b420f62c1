/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Code that makes exceptions, and the Secure and Monitor vectors that say in r0 that they came
 * there; see enum place.
 */
        .arch   armv7-a
        .arch_extension virt
        .arch_extension sec
        .syntax unified
        .arm
        .text

        .equ    MODE_SVC, 0x13
        .equ    MODE_MON, 0x16
        .equ    VECTOR_UNDEF, 1
        .equ    VECTOR_DABT, 4
        .equ    SECURE_UNDEF, 1
        .equ    MONITOR_ABORT, 3
        .equ    PL1_ABORT, 5
        .equ    NOWHERE, 0xf0000000

        .global hvc_in_svc
hvc_in_svc:
        mov     r0, #0
        mov     r1, lr
        cps     #MODE_SVC
        hvc     #0
        cps     #MODE_MON
        bx      r1

        .global load_nowhere
load_nowhere:
        mov     r0, #0
        mov     r1, #NOWHERE
        ldr     r2, [r1]
        bx      lr

        .global guest_load_nowhere
guest_load_nowhere:
        mov     r0, #0
        mov     r1, #NOWHERE
        ldr     r2, [r1]
        hvc     #0

        .global secure_exception
secure_exception:
        cmp     r12, #VECTOR_UNDEF
        bne     .
        mov     r0, #SECURE_UNDEF
        movs    pc, lr

        .global monitor_exception
monitor_exception:
        cmp     r12, #VECTOR_DABT
        bne     .
        mov     r0, #MONITOR_ABORT
        subs    pc, lr, #4                      @ behind the load

        .balign 32
        .global guest_vectors
guest_vectors:
        .rept   8
        hvc     #PL1_ABORT
        .endr
