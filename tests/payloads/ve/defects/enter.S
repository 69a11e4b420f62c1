/* SPDX-License-Identifier: BSD-2-Clause */
/* Ways into a probe, and the vectors of the guest; enter.h. */
        .arch   armv7-a
        .arch_extension virt
        .syntax unified
        .arm
        .text

/* void probe_enter(void (*code)(void), uint32_t psr, uint32_t sp_svc, uint32_t *hyp_sp) */
        .global probe_enter
probe_enter:
        push    {r3-r11, lr}
        str     sp, [r3]
        msr     sp_svc, r2
        msr     elr_hyp, r0
        msr     spsr_cxsf, r1
        eret

/* void call_hyp_code(void (*code)(void)) */
        .global call_hyp_code
call_hyp_code:
        push    {r3-r11, lr}
        blx     r0
        .global hyp_code_end
hyp_code_end:
        pop     {r3-r11, pc}

        .balign 32
        .global guest_vectors
guest_vectors:
        hvc     #0x10
        hvc     #0x11
        hvc     #0x12
        hvc     #0x13
        hvc     #0x14
        hvc     #0x15
        hvc     #0x16
        hvc     #0x17
