/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the worlds execute, from their first instruction on and for ever.  Registers, set by Hyp and
 * kept: r8 first data page, r9 number of data pages, r10 first code page, r11 number of code pages,
 * r7 address of MMIO.
 */
        .arch   armv7-a
        .arch_extension virt
        .syntax unified
        .arm
        .text

        .macro  touch                           @ a load of each data page, a call into each code page
        mov     r0, r8
        mov     r1, r9
1:      subs    r1, r1, #1
        ldrpl   r2, [r0]
        addpl   r0, r0, #4096
        bpl     1b
        mov     r0, r10
        mov     r1, r11
2:      subs    r1, r1, #1
        bmi     3f
        blx     r0
        add     r0, r0, #4096
        b       2b
3:
        .endm

        .global loop_hvc
loop_hvc:
        touch
        hvc     #1
        b       loop_hvc

        .global loop_mmio
loop_mmio:
        touch
        ldr     r2, [r7]
        b       loop_mmio

        .global loop_wfi
loop_wfi:
        touch
        wfi
        b       loop_wfi

        .global loop_irq                        @ the timer is due at once; Hyp sets r5 at its interrupt
loop_irq:
        touch
        mov     r5, #0
        mov     r2, #0
        mcr     p15, 0, r2, c14, c3, 0          @ CNTV_TVAL
        mov     r2, #1
        mcr     p15, 0, r2, c14, c3, 1          @ CNTV_CTL
        isb
4:      cmp     r5, #0
        beq     4b
        b       loop_irq
