@ SPDX-License-Identifier: BSD-2-Clause
@ An image for direct boot, position independent: says how it was entered and
@ starts CPU1 through the pen, which says how it arrived.

#define UTXH            0x12c20020
#define PEN_WORD        0x02020000
#define GICD_IPRIORITYR8 0x10481420      /* SPIs 0 to 3 */

        .syntax unified
        .arm
        .global _start
_start: mov     r8, r0
        mov     r9, r2
        adr     r10, _start
        adrl    r1, cpu0
        bl      puts
        mrs     r1, cpsr
        and     r1, r1, #0x1f
        mov     r2, #8
        bl      puthex
        adrl    r1, r0_is
        bl      puts
        mov     r1, r8
        mov     r2, #32
        bl      puthex
        adrl    r1, r2_is
        bl      puts
        mov     r1, r9
        mov     r2, #32
        bl      puthex
        adrl    r1, pc_is
        bl      puts
        mov     r1, r10
        mov     r2, #32
        bl      puthex
        adrl    r1, midr_is
        bl      puts
        mrc     p15, 0, r1, c0, c0, 0
        mov     r2, #32
        bl      puthex
        adrl    r1, prio_is
        bl      puts
        ldr     r3, =GICD_IPRIORITYR8
        mvn     r1, #0
        str     r1, [r3]
        ldr     r1, [r3]
        mov     r2, #32
        bl      puthex
        adrl    r1, eol
        bl      puts
        adrl    r0, second
        ldr     r1, =PEN_WORD
        str     r0, [r1]
        dsb
        sev
1:      wfi
        b       1b

second: adrl    r1, cpu1
        bl      puts
        mrs     r1, cpsr
        and     r1, r1, #0x1f
        mov     r2, #8
        bl      puthex
        adrl    r1, eol
        bl      puts
2:      wfi
        b       2b

@ In: r1 string.
puts:   ldr     r0, =UTXH
3:      ldrb    r2, [r1], #1
        cmp     r2, #0
        bxeq    lr
        str     r2, [r0]
        b       3b

@ In: r1 value, r2 its bits to print.
puthex: ldr     r0, =UTXH
4:      sub     r2, r2, #4
        lsr     r3, r1, r2
        and     r3, r3, #0xf
        cmp     r3, #10
        addlo   r3, r3, #'0'
        addhs   r3, r3, #('a' - 10)
        str     r3, [r0]
        cmp     r2, #0
        bne     4b
        bx      lr

cpu0:   .asciz  "cpu0 mode "
cpu1:   .asciz  "cpu1 mode "
r0_is:  .asciz  "\r\nr0 "
r2_is:  .asciz  " r2 "
midr_is: .asciz "\r\nmidr "
prio_is: .asciz "\r\npriorities "
pc_is:  .asciz  "\r\npc "
eol:    .asciz  "\r\n"
        .align
