/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entry of a guest with all its registers, and the vectors that a guest has at PL1: each says to
 * Hyp which one it is.
 */
        .arch   armv7-a
        .arch_extension virt
        .syntax unified
        .arm

/*
 * void ve_enter(const struct ve_state *state, uint32_t *hyp_sp); guest_leave() comes back from it.
 * Live: r0 state until the last load.
 */
        .global ve_enter
ve_enter:
        push    {r3-r11, lr}
        str     sp, [r1]
        add     r1, r0, #52
        ldm     r1, {r2, r3, r4}                @ lr_usr, pc, psr
        mov     lr, r2
        msr     elr_hyp, r3
        msr     spsr_cxsf, r4
        ldm     r0, {r0-r12}
        eret

        .balign 32
        .global ve_guest_vectors
ve_guest_vectors:
        hvc     #0xe0
        hvc     #0xe1
        hvc     #0xe2
        hvc     #0xe3
        hvc     #0xe4
        hvc     #0xe5
        hvc     #0xe6
        hvc     #0xe7
