/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A Secure start: Hyp mode gets its vectors and stack by way of Monitor mode, SCR.HCE is set, and
 * secure_main() runs in Secure SVC mode.  UNDEFINED instructions of it set r0 to 1 and are skipped.
 */
        .arch   armv7-a
        .arch_extension virt
        .arch_extension sec
        .syntax unified
        .arm
        .text

        .equ    MODE_SVC, 0x13
        .equ    MODE_MON, 0x16
        .equ    SCR_NS, 1 << 0
        .equ    SCR_HCE, 1 << 8

        .global secure_start
secure_start:
        ldr     r0, =secure_vectors
        mcr     p15, 0, r0, c12, c0, 0          @ VBAR
        ldr     r0, =monitor_vectors
        mcr     p15, 0, r0, c12, c0, 1          @ MVBAR
        cps     #MODE_MON
        mov     r0, #(SCR_NS | SCR_HCE)
        mcr     p15, 0, r0, c1, c1, 0
        isb
        ldr     r0, =hyp_vectors
        mcr     p15, 4, r0, c12, c0, 0          @ HVBAR
        ldr     r0, =stacks
        add     r0, r0, #8192
        msr     sp_hyp, r0
        mov     r0, #SCR_HCE
        mcr     p15, 0, r0, c1, c1, 0
        isb
        cps     #MODE_SVC
        ldr     sp, =stacks + 2 * 8192
        bl      secure_main
1:      b       1b

        .balign 32
secure_vectors:
        b       .
        b       undefined
        b       .
        b       abort_in_secure
        b       abort_in_secure
        b       .
        b       .
        b       .

        .balign 32
monitor_vectors:
        b       .
        b       undefined
        b       monitor_end
        b       abort_in_monitor
        b       abort_in_monitor
        b       .
        b       .
        b       .

undefined:
        mov     r0, #1
        movs    pc, lr

/* uint32_t hvc_in_svc(void), hvc_in_monitor(void): 0 nothing happened, 1 UNDEFINED, 2 Hyp mode */
        .global hvc_in_svc
hvc_in_svc:
        mov     r0, #0
        hvc     #0
        bx      lr

        .global hvc_in_monitor
hvc_in_monitor:
        mov     r1, lr
        mov     r0, #0
        cps     #MODE_MON
        hvc     #0
        cps     #MODE_SVC
        bx      r1
