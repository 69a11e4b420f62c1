/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hyp vectors for either byte order: each keeps the CPSR of the entry in HTPIDR and goes on
 * little-endian at the library's vector.
 */
        .arch   armv7-a
        .arch_extension virt
        .syntax unified
        .arm

        .macro  entry index
entry_\index:
        push    {r0}
        mrs     r0, cpsr
        mcr     p15, 4, r0, c13, c0, 2          @ HTPIDR
        pop     {r0}
        setend  le
        b       hyp_vectors + 4 * \index
        .endm

        entry   0
        entry   1
        entry   2
        entry   3
        entry   4
        entry   5
        entry   6
        entry   7

        .balign 32
        .global endian_vectors
endian_vectors:
        b       entry_0
        b       entry_1
        b       entry_2
        b       entry_3
        b       entry_4
        b       entry_5
        b       entry_6
        b       entry_7
