/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floating-point and Advanced SIMD instructions as the assembler makes them, each with the check
 * that its pseudocode in DDI 0406C A8.8 begins with:
 *
 *   SIMD_FP     CheckVFPEnabled(TRUE)
 *   SIMD_ASIMD  CheckAdvancedSIMDEnabled()
 *   SIMD_ID     CheckVFPEnabled(FALSE): system registers, B9.3.21; UNDEFINED at PL0
 *
 * Base r1, other core registers r4 and r5, which are 0.
 */
#include "simd.h"

        .arch   armv7-a
        .fpu    neon-vfpv4
        .syntax unified

        .macro  simd name, class, insn:vararg
        .pushsection .rodata.names, "a"
name_\@: .asciz "\name"
        .popsection
        .word   name_\@
        .arm
        \insn
        .thumb
        \insn
        .word   \class
        .endm

        .section .rodata.simd, "a"
        .balign 4
        .global simd_insns, simd_insns_end
simd_insns:
        simd VADD.F32,     SIMD_FP,    vadd.f32 s2, s0, s1
        simd VADD.F64,     SIMD_FP,    vadd.f64 d1, d0, d2
        simd VFMA.F64,     SIMD_FP,    vfma.f64 d1, d0, d2
        simd VCMP.F32,     SIMD_FP,    vcmp.f32 s0, s1
        simd VCVT.F64.F32, SIMD_FP,    vcvt.f64.f32 d1, s0
        simd VSQRT.F32,    SIMD_FP,    vsqrt.f32 s0, s1
        simd VMOV.F64-imm, SIMD_FP,    vmov.f64 d0, #1.0
        simd VMOV-s0-r4,   SIMD_FP,    vmov s0, r4
        simd VMOV-r4-s0,   SIMD_FP,    vmov r4, s0
        simd VMOV-d0-r4-r5, SIMD_FP,   vmov d0, r4, r5
        simd VMOV-r4-r5-d0, SIMD_FP,   vmov r4, r5, d0
        simd VMOV-s0-s1-r4-r5, SIMD_FP, vmov s0, s1, r4, r5
        simd VMOV.32-lane-r4, SIMD_FP, vmov.32 d0[1], r4
        simd VMOV.32-r4-lane, SIMD_FP, vmov.32 r4, d0[1]
        simd VLDR-s0,      SIMD_FP,    vldr s0, [r1]
        simd VLDR-d17,     SIMD_FP,    vldr d17, [r1]
        simd VSTR-d0,      SIMD_FP,    vstr d0, [r1]
        simd VLDMIA,       SIMD_FP,    vldmia r1, {d0, d1}
        simd VSTMIA,       SIMD_FP,    vstmia r1, {s0, s1}
        simd VMRS-FPSCR,   SIMD_FP,    vmrs r4, fpscr
        simd VMRS-APSR,    SIMD_FP,    vmrs APSR_nzcv, fpscr
        simd VMSR-FPSCR,   SIMD_FP,    vmsr fpscr, r4
        simd VORR,         SIMD_ASIMD, vorr d0, d0, d0
        simd VADD.I32,     SIMD_ASIMD, vadd.i32 d0, d0, d1
        simd VADD.F32-q,   SIMD_ASIMD, vadd.f32 q0, q1, q2
        simd VFMA.F32-d,   SIMD_ASIMD, vfma.f32 d0, d1, d2
        simd VMOV.I32,     SIMD_ASIMD, vmov.i32 d0, #0
        simd VSHL.I16,     SIMD_ASIMD, vshl.i16 d0, d1, #3
        simd VMUL-lane,    SIMD_ASIMD, vmul.i32 d0, d1, d2[0]
        simd VMULL,        SIMD_ASIMD, vmull.s16 q0, d2, d3
        simd VEXT,         SIMD_ASIMD, vext.8 d0, d1, d2, #3
        simd VTBL,         SIMD_ASIMD, vtbl.8 d0, {d1}, d2
        simd VREV64,       SIMD_ASIMD, vrev64.8 d0, d1
        simd VCVT.S32.F32-d, SIMD_ASIMD, vcvt.s32.f32 d0, d1
        simd VDUP-lane,    SIMD_ASIMD, vdup.16 d0, d1[2]
        simd VDUP.32,      SIMD_ASIMD, vdup.32 d0, r4
        simd VMOV.8-lane-r4, SIMD_ASIMD, vmov.8 d0[3], r4
        simd VMOV.16-lane-r4, SIMD_ASIMD, vmov.16 d0[1], r4
        simd VMOV.U8-r4-lane, SIMD_ASIMD, vmov.u8 r4, d0[3]
        simd VMOV.S16-r4-lane, SIMD_ASIMD, vmov.s16 r4, d0[1]
        simd VLD1,         SIMD_ASIMD, vld1.8 {d0}, [r1]
        simd VST1,         SIMD_ASIMD, vst1.8 {d0}, [r1]
        simd VLD1-lane,    SIMD_ASIMD, vld1.32 {d0[1]}, [r1]
        simd VLD1-all,     SIMD_ASIMD, vld1.16 {d0[]}, [r1]
        simd VST2-lane,    SIMD_ASIMD, vst2.16 {d0[1], d1[1]}, [r1]
        simd VLD3,         SIMD_ASIMD, vld3.8 {d0, d1, d2}, [r1]
        simd VST4,         SIMD_ASIMD, vst4.32 {d0-d3}, [r1]
        simd VMRS-FPEXC,   SIMD_ID,    vmrs r4, fpexc
        simd VMRS-FPSID,   SIMD_ID,    vmrs r4, fpsid
        simd VMRS-MVFR0,   SIMD_ID,    vmrs r4, mvfr0
        simd VMRS-MVFR1,   SIMD_ID,    vmrs r4, mvfr1
        simd VMSR-FPEXC,   SIMD_ID,    vmsr fpexc, r4
simd_insns_end:
