/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entry of a payload: Hyp mode, MMU and caches off, on CPU0 at _start and later on CPU1 at
 * second_start.  Calls payload_main(cpu), which must not return.  Where CPU1 comes to _start too, it
 * waits for pen_release().  A start in Secure state goes to secure_start, if there is one; it
 * comes back in Hyp mode at hyp_start.
 */
        .arch   armv7-a
        .arch_extension virt
        .arch_extension sec
        .syntax unified
        .arm

        .section .text.start, "ax"
        .global _start
_start:
        mrc     p15, 0, r0, c0, c0, 5           @ MPIDR.Aff0
        tst     r0, #3
        bne     pen
        ldr     r0, =bss_begin
        ldr     r1, =bss_end
        mov     r2, #0
1:      cmp     r0, r1
        strlo   r2, [r0], #4
        blo     1b
        .global second_start
second_start:
        mrs     r0, cpsr
        and     r0, r0, #0x1f
        cmp     r0, #0x1a                       @ Hyp
        bne     not_hyp
        .global hyp_start
hyp_start:
        mrc     p15, 0, r0, c0, c0, 5           @ MPIDR.Aff0
        and     r0, r0, #3
        ldr     r1, =stacks
        add     r2, r0, #1
        add     sp, r1, r2, lsl #13             @ 8 KiB each
        ldr     r1, =hyp_vectors
        mcr     p15, 4, r1, c12, c0, 0          @ HVBAR
        isb
        bl      payload_main
1:      b       1b

not_hyp:
        .weak   secure_start                    @ a payload that begins in Secure state has it
        ldr     r1, =secure_start
        cmp     r1, #0
        bxne    r1
1:      b       1b                              @ nothing can be done: the test times out

pen:
        ldr     r1, =pen_entry
1:      wfe
        ldr     r0, [r1]
        cmp     r0, #0
        beq     1b
        bx      r0

        .data
        .balign 4
        .global pen_entry
pen_entry:
        .word   0                               @ not in .bss, which CPU0 clears
        .text

/*
 * Hyp vectors.  Each makes a struct frame on the stack of the CPU and calls
 * hyp_trap(vector offset / 4, frame); 0 returns from the exception.
 */
        .macro  vector index
hyp_vector_\index:
        push    {r0-r12, lr}
        mov     r0, #\index
        b       hyp_common
        .endm

        vector  0
        vector  1
        vector  2
        vector  3
        vector  4
        vector  5
        vector  6
        vector  7

hyp_common:
        mrs     r1, elr_hyp
        mrs     r2, spsr
        push    {r1, r2}
        mov     r1, sp
        bl      hyp_trap
        pop     {r1, r2}
        msr     elr_hyp, r1
        msr     spsr_cxsf, r2
        pop     {r0-r12, lr}
        eret

        .balign 32
        .global hyp_vectors
hyp_vectors:
        b       hyp_vector_0
        b       hyp_vector_1
        b       hyp_vector_2
        b       hyp_vector_3
        b       hyp_vector_4
        b       hyp_vector_5
        b       hyp_vector_6
        b       hyp_vector_7

/* void guest_enter(void (*code)(void), uint32_t sp_svc, uint32_t *hyp_sp): see hyp.h */
        .global guest_enter
guest_enter:
        push    {r3-r11, lr}
        str     sp, [r2]
        msr     sp_svc, r1
        msr     elr_hyp, r0
        mov     r0, #0x1d3                      @ SVC, A I F masked
        msr     spsr_cxsf, r0
        eret

/* void guest_leave(uint32_t hyp_sp) */
        .global guest_leave
guest_leave:
        mov     sp, r0
        pop     {r3-r11, pc}
