/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Code that the made-up guest of sample.txt could be of, linked at 0xc0008000: the trapped
 * instructions lie where it says.
 */
    .syntax unified
    .arm
    .global start, read_id, switch_mm
    .type read_id, %function
    .type switch_mm, %function

start:                          /* 0xc0008000: a label */
    .space 0x100
read_id:
    .space 0x20
    .inst 0xee103ff1            /* 0xc0008120: MRC ID_MMFR3 */
    bx lr
    .size read_id, . - read_id
    .space 0x200 - 0x128
switch_mm:
    .inst FIRST                 /* 0xc0008200: MCR CONTEXTIDR */
    .inst 0xe1a00000
    .inst 0xec454f12            /* 0xc0008208: MCRR TTBR1 */
    .inst 0xe1a00000
    .size switch_mm, . - switch_mm
    .inst SECOND                /* 0xc0008210: in no function */
