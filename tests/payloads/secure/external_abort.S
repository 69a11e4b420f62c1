/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs code with given SCR and CPSR, and tells which mode its abort was taken to.
 * The vectors of secure_start.S branch to abort_in_*, in Abort or Monitor mode.
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
        .equ    CAME_TO_END, 0
        .equ    IN_SECURE_ABORT, 1
        .equ    IN_MONITOR, 2
        .equ    IN_NS_ABORT, 3

/*
 * uint32_t abort_of(void (*code)(void), uint32_t address, uint32_t scr, uint32_t psr)
 * From Secure SVC mode.  @code has the address in r1.
 */
        .global abort_of
abort_of:
        push    {r4-r11, lr}
        ldr     r4, =kept_sp
        str     sp, [r4]
        cps     #MODE_MON
        orr     r4, r2, #SCR_NS                 @ Non-secure exceptions
        mcr     p15, 0, r4, c1, c1, 0
        isb
        ldr     r5, =ns_vectors
        mcr     p15, 0, r5, c12, c0, 0          @ VBAR
        mcr     p15, 0, r2, c1, c1, 0           @ SCR
        isb
        msr     spsr_cxsf, r3
        mov     lr, r0
        movs    pc, lr

/* The aborting code; SMC is the end if nothing happens. */
        .global code_load, code_store, code_fetch, code_nothing, code_isr
code_load:
        ldr     r0, [r1]
        b       end
code_store:
        str     r1, [r1]
        dsb
        b       end
code_fetch:
        bx      r1
code_nothing:
        nop
        nop
        b       end
/* Ends with ISR in r9. */
code_isr:
        str     r1, [r1]
        dsb
        mrc     p15, 0, r9, c12, c1, 0
end:
        mov     r8, #CAME_TO_END
        smc     #0

        .global abort_in_secure, abort_in_monitor
abort_in_secure:
        mov     r8, #IN_SECURE_ABORT
        b       in_abort
abort_in_ns:
        mov     r8, #IN_NS_ABORT
in_abort:
        mov     r4, lr
        mrc     p15, 0, r5, c5, c0, 0           @ DFSR
        mrc     p15, 0, r6, c6, c0, 0           @ DFAR
        mrc     p15, 0, r7, c5, c0, 1           @ IFSR
        smc     #0

/* Monitor mode: the Secure copies are read with SCR.NS 0. */
abort_in_monitor:
        mov     r8, #IN_MONITOR
        mov     r4, lr
        mrs     r10, cpsr
        mov     r11, #SCR_HCE
        mcr     p15, 0, r11, c1, c1, 0
        isb
        mrc     p15, 0, r5, c5, c0, 0
        mrc     p15, 0, r6, c6, c0, 0
        mrc     p15, 0, r7, c5, c0, 1
        .global monitor_end
monitor_end:
        mov     r11, #SCR_HCE
        mcr     p15, 0, r11, c1, c1, 0
        isb
        cpsid   aif, #MODE_SVC
        ldr     sp, =kept_sp
        ldr     sp, [sp]
        ldr     r11, =abort_seen
        stm     r11, {r4, r5, r6, r7, r9, r10}
        mov     r0, r8
        pop     {r4-r11, pc}

        .balign 32
ns_vectors:
        b       .
        b       .
        b       .
        b       abort_in_ns
        b       abort_in_ns
        b       .
        b       .
        b       .

        .bss
        .balign 4
kept_sp:
        .space  4
