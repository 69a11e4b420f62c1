/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest.  It is copied to a page that stage 2 maps elsewhere, and comes to the host by traps
 * in the order that main.c waits for; HVC #n is where it reports.
 */
        .arch   armv7-a
        .arch_extension virt
        .arch_extension sec
        .fpu    vfpv4
        .syntax unified
        .arm

        .equ    MMIO, 0x1c090000                @ nothing is mapped there
        .equ    GICC, 0x2c002000                @ GICV is mapped there
        .equ    NO_CODE, 0x90000000             @ nothing there, either

        .text
        .balign 32
        .global guest_begin
guest_begin:
        b       start
        b       .
        b       .
        b       .
        b       .
        b       .
        b       guest_irq
        b       .

start:
        mrc     p15, 0, r0, c0, c0, 0           @ MIDR
        mrc     p15, 0, r1, c0, c0, 5           @ MPIDR
        hvc     #1

        @ Registers that the host has, too.
        movw    sp, #0x1110
        movw    lr, #0x1120
        cps     #0x12
        movw    sp, #0x2220
        movw    lr, #0x2230
        cps     #0x11
        movw    r8, #0x3330
        movw    r12, #0x3340
        movw    sp, #0x3350
        cps     #0x13
        sub     r0, pc, #(. + 8 - guest_begin)
        mcr     p15, 0, r0, c12, c0, 0          @ VBAR
        movw    r0, #0x4440
        mcr     p15, 0, r0, c13, c0, 4          @ TPIDRPRW
        movw    r0, #0x5550
        mcr     p15, 0, r0, c13, c0, 1          @ CONTEXTIDR
        hvc     #2

        @ Still there?  r0 counts what is not.
        mov     r0, #0
        movw    r1, #0x1110
        cmp     sp, r1
        addne   r0, r0, #1
        movw    r1, #0x1120
        cmp     lr, r1
        addne   r0, r0, #1
        cps     #0x12
        movw    r1, #0x2220
        cmp     sp, r1
        addne   r0, r0, #1
        movw    r1, #0x2230
        cmp     lr, r1
        addne   r0, r0, #1
        cps     #0x11
        movw    r1, #0x3330
        cmp     r8, r1
        addne   r0, r0, #1
        movw    r1, #0x3340
        cmp     r12, r1
        addne   r0, r0, #1
        movw    r1, #0x3350
        cmp     sp, r1
        addne   r0, r0, #1
        cps     #0x13
        mrc     p15, 0, r2, c13, c0, 4
        movw    r1, #0x4440
        cmp     r2, r1
        addne   r0, r0, #1
        mrc     p15, 0, r2, c13, c0, 1
        movw    r1, #0x5550
        cmp     r2, r1
        addne   r0, r0, #1
        hvc     #3

        @ Devices that the host emulates.
        movw    r4, #:lower16:MMIO
        movt    r4, #:upper16:MMIO
        movw    r7, #0x7755
        ldr     r5, [r4, #0x18]
        strb    r7, [r4, #0x3]
        ldrsh   r6, [r4, #0x22]
        hvc     #4

        @ What HCR and CNTHCTL trap.
        wfi
        smc     #0
        mrc     p15, 0, r3, c9, c0, 0           @ TIDCP
        mrc     p15, 0, r3, c14, c2, 1          @ CNTP_CTL

        @ What they do not.
        mrrc    p15, 0, r0, r1, c14             @ CNTPCT
        mrrc    p15, 1, r2, r3, c14             @ CNTVCT
        hvc     #5

        @ VFP is switched in Hyp alone.
        mov     r0, #0xf00000
        mcr     p15, 0, r0, c1, c0, 2           @ CPACR
        isb
        movw    r1, #0x1234
        vmov    s0, r1
        vmov    r2, s0
        hvc     #6
        vmov    r2, s0
        hvc     #7

        @ The host's own interrupt.
        b       .

        @ The virtual timer's.
        movw    r9, #:lower16:GICC
        movt    r9, #:upper16:GICC
        mov     r0, #0xff
        str     r0, [r9, #0x04]                 @ PMR
        mov     r0, #1
        str     r0, [r9]                        @ CTLR
        mov     r10, #0
        movw    r0, #2400                       @ 100 us
        mcr     p15, 0, r0, c14, c3, 0          @ CNTV_TVAL
        mov     r0, #1
        mcr     p15, 0, r0, c14, c3, 1          @ CNTV_CTL
        isb
        cpsie   i
1:      cmp     r10, #0
        beq     1b
        cpsid   i
        hvc     #8

        movw    r0, #:lower16:NO_CODE
        movt    r0, #:upper16:NO_CODE
        bx      r0

guest_irq:
        ldr     r10, [r9, #0x0c]                @ IAR
        str     r10, [r9, #0x10]                @ EOIR
        subs    pc, lr, #4

        .global guest_end
guest_end:

        .balign 32
        .global host_vectors
host_vectors:
        .irp    index, 0, 1, 2, 3, 4, 5, 6, 7
        b       host_lost_\index
        .endr
        .irp    index, 0, 1, 2, 3, 4, 5, 6, 7
host_lost_\index:
        mov     r1, #\index
        b       host_lost
        .endr
host_lost:
        mov     r2, lr
        cps     #0x13
        ldr     r0, =host_lost_text
        b       tap_bail_out

        .section .rodata
host_lost_text:
        .asciz  "an exception at the host: vector, LR"
