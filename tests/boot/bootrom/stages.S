@ SPDX-License-Identifier: BSD-2-Clause
@ A stand-in for SPL and U-Boot: the SPL uses the ROM's copy function as the
@ real one does, the second stage starts CPU1 through the pen.
@ Linked twice: -DSPL at 02023400, -DSECOND at 43e00000.

#define UTXH            0x12c20020
#define PEN_WORD        0x02020000

        .syntax unified
        .arm
        .global _start

#ifdef SPL
_start: ldr     sp, =0x02050000
        ldr     r4, =0x02020000
        ldr     r0, =0x10040000         @ PMU OM_STAT
        ldr     r0, [r0]
        and     r0, r0, #0x3e
        cmp     r0, #8
        beq     emmc
        mov     r0, #49                 @ first sector
        mov     r1, #1024               @ sectors
        ldr     r2, =0x43e00000
        ldr     r3, [r4, #0x30]
        blx     r3
        b       go
emmc:   mov     r0, #1024
        ldr     r1, =0x43e00000
        ldr     r3, [r4, #0x44]
        blx     r3
        ldr     r3, [r4, #0x48]
        blx     r3
go:     ldr     pc, =0x43e00000
#else
_start:
        @ The whole 512 KiB window was copied, or the marker is not there.
        ldr     r1, =0x43e7fff0
        bl      puts
        adr     r1, hello
        bl      puts
        adr     r0, cpu1
        ldr     r1, =PEN_WORD
        str     r0, [r1]
        dsb
        sev
        b       .
cpu1:   mrc     p15, 0, r2, c0, c0, 5
        and     r2, r2, #3
        mrs     r3, cpsr
        and     r3, r3, #0x1f
        cmp     r2, #1
        cmpeq   r3, #0x13
        adr     r1, up
        bleq    puts
        b       .
puts:   ldr     r0, =UTXH
2:      ldrb    r2, [r1], #1
        cmp     r2, #0
        bxeq    lr
        str     r2, [r0]
        b       2b
hello:  .asciz  "second stage\r\n"
up:     .asciz  "cpu1 in svc\r\n"
        .align
#endif
