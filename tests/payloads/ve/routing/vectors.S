/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hyp vectors that leave a mark in HTPIDR and go on to those of start.S.
 */
        .arch   armv7-a
        .arch_extension virt
        .syntax unified
        .arm

        .macro  marked index
marked_\index:
        push    {r0}
        mov     r0, #0x40 + \index
        mcr     p15, 4, r0, c13, c0, 2          @ HTPIDR
        pop     {r0}
        ldr     pc, =hyp_vectors + 4 * \index
        .endm

        .text
        .irp    index, 0, 1, 2, 3, 4, 5, 6, 7
        marked  \index
        .endr
        .ltorg

        .balign 32
        .global marked_vectors
marked_vectors:
        .irp    index, 0, 1, 2, 3, 4, 5, 6, 7
        b       marked_\index
        .endr
