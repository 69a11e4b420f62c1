/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floating-point registers: struct guest_vfp is D0 to D31, FPSCR, FPEXC.
 */
        .arch   armv7-a
        .fpu    neon-vfpv4
        .syntax unified
        .arm

#define FPEXC_EN (1 << 30)

/* void armv7_vfp_save(struct guest_vfp *vfp) */
        .global armv7_vfp_save
armv7_vfp_save:
        vmrs    r1, fpexc                       @ the guest's, before we enable ours
        orr     r2, r1, #FPEXC_EN
        vmsr    fpexc, r2
        vstm    r0!, {d0-d15}
        vstm    r0!, {d16-d31}
        vmrs    r2, fpscr
        str     r2, [r0]
        str     r1, [r0, #4]
        bx      lr

/* void armv7_vfp_load(const struct guest_vfp *vfp) */
        .global armv7_vfp_load
armv7_vfp_load:
        mov     r1, #FPEXC_EN
        vmsr    fpexc, r1
        vldm    r0!, {d0-d15}
        vldm    r0!, {d16-d31}
        ldm     r0, {r1, r2}
        vmsr    fpscr, r1
        vmsr    fpexc, r2                       @ last: it may turn floating point off
        bx      lr
