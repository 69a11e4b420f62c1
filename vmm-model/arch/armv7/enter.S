/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Power-on of both CPUs, the Hyp vectors, and the way into a guest and back.
 * The offsets in struct guest_regs are checked in vcpu.c.
 */
        .arch   armv7-a
        .arch_extension virt
        .syntax unified
        .arm

#define REGS_PC      52
#define REGS_CPSR    56
#define REGS_LR_USR  84
#define STACK_SHIFT  13                         /* 8 KiB for each CPU */

/*
 * CPU0 begins here, in Hyp mode with MMU and caches off; CPU1 at armv7_second_start.  The first words
 * are a zImage's header (Linux Documentation/arm/booting.rst): U-Boot's bootz and a direct boot put
 * the image anywhere in DRAM, with the device tree's address in R2.
 */
        .section .text.start, "ax"
        .global _start
_start:
        b       start
        .space  0x24 - 4
        .word   0x016f2818                      @ magic
        .word   0                               @ runs from any address ...
        .word   image_bytes                     @ ... to the end of this
start:
        mov     r8, r2                          @ the tree, until armv7_main
        adr     r0, _start
        ldr     r1, =_start
        cmp     r0, r1
        beq     2f
        ldr     r2, =image_end                  @ copied to where it is linked for
1:      ldr     r3, [r0], #4
        str     r3, [r1], #4
        cmp     r1, r2
        blo     1b
        mov     r0, #0
        dsb                                     @ written before it is fetched
        mcr     p15, 0, r0, c7, c5, 0           @ ICIALLU
        mcr     p15, 0, r0, c7, c5, 6           @ BPIALL
        dsb
        isb
2:      ldr     pc, =3f
3:      ldr     r0, =bss_begin
        ldr     r1, =bss_end
        mov     r2, #0
4:      cmp     r0, r1
        strlo   r2, [r0], #4
        blo     4b
        .global armv7_second_start
armv7_second_start:
        mrc     p15, 0, r0, c0, c0, 5           @ MPIDR.Aff0
        and     r0, r0, #3
        ldr     r1, =stacks
        add     r2, r0, #1
        add     sp, r1, r2, lsl #STACK_SHIFT
        ldr     r1, =hyp_vectors
        mcr     p15, 4, r1, c12, c0, 0          @ HVBAR
        isb
        mov     r1, r8
        bl      armv7_main                      @ (cpu, tree), does not return
1:      b       1b

/*
 * unsigned armv7_enter(struct guest_regs *regs)
 * Runs the guest until an exception; returns the vector.  SP_hyp stays what it is here: the exit
 * finds regs on top of the stack.
 */
        .text
        .global armv7_enter
armv7_enter:
        push    {r0, r4-r11, lr}
        ldr     r1, [r0, #REGS_PC]
        msr     elr_hyp, r1
        ldr     r1, [r0, #REGS_CPSR]
        msr     spsr_cxsf, r1
        ldr     lr, [r0, #REGS_LR_USR]          @ Hyp mode's LR is User mode's
        ldm     r0, {r0-r12}
        eret

/* From a guest.  Live: all of the guest's but R0 and R1, which are on the stack; R1 the vector. */
guest_exit:
        ldr     r0, [sp, #8]                    @ regs
        add     r0, r0, #8
        stm     r0, {r2-r12}
        sub     r0, r0, #8
        pop     {r2, r3}
        stm     r0, {r2, r3}
        mrs     r2, elr_hyp
        str     r2, [r0, #REGS_PC]
        mrs     r2, spsr
        str     r2, [r0, #REGS_CPSR]
        str     lr, [r0, #REGS_LR_USR]
        clrex                                   @ an exclusive of the guest's is not ours
        mov     r0, r1
        pop     {r1, r4-r11, pc}

        .macro  from_guest vector
        push    {r0, r1}
        mov     r1, #\vector
        b       guest_exit
        .endm

/* From Hyp itself: a bug.  armv7_panic(vector, registers, elr, spsr). */
        .macro  from_hyp vector
        push    {r0-r12, lr}
        mov     r0, #\vector
        b       hyp_fault
        .endm

hyp_fault:
        mov     r1, sp
        mrs     r2, elr_hyp
        mrs     r3, spsr
        b       armv7_panic

/* DDI 0406C table B1-3 */
from_hyp_1:     from_hyp 1
from_hyp_2:     from_hyp 2
from_hyp_3:     from_hyp 3
from_hyp_4:     from_hyp 4
from_guest_5:   from_guest 5
from_guest_6:   from_guest 6
from_guest_7:   from_guest 7

        .balign 32
        .global hyp_vectors
hyp_vectors:
        b       .                               @ reset: not used
        b       from_hyp_1
        b       from_hyp_2
        b       from_hyp_3
        b       from_hyp_4
        b       from_guest_5
        b       from_guest_6
        b       from_guest_7
