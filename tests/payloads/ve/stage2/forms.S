/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Load and store instructions as the assembler makes them, with the syndrome that a stage-2 data
 * abort of each has.  ISV: DDI 0406C B3.13.6, "ISS encoding for Data Abort exceptions": loads and
 * stores of one core register without writeback and without exclusivity, Rt not the PC.
 *
 * Base r1, or SP with the same value (BASE_SP); offset register r2, which is 16.  SWP and SWPB r3,
 * r4, [r1] are numbers because the assembler warns of them.
 *
 * flags, before: forms.h.  MANY: registers in the list are UNKNOWN after the abort (A8.8.57 and
 * others), but not the base, which is restored (B1.9.8).
 */
#include "forms.h"

        .arch   armv7-a
        .arch_extension mp
        .arch_extension virt
        .fpu    neon-vfpv4
        .syntax unified

        .macro  form name, isa, isv, sas, sse, srt, wnr, offset, insn:vararg
        .pushsection .rodata.names, "a"
name_\@: .asciz "\name"
        .popsection
        .word   name_\@
        .ifc \isa,thumb
        .word   0
        .else
        .arm
        \insn
        .endif
        .ifc \isa,arm
        .hword  0, 0
        .byte   0
        .else
        .thumb
begin_\@:
        \insn
end_\@:
        .org    begin_\@ + 4
        .byte   end_\@ - begin_\@
        .endif
        .byte   \isv, \sas, \sse, \srt, \wnr, flags, before
        .hword  \offset, 0
        .endm

        .section .rodata.forms, "a"
        .balign 4
        .global forms, forms_end
forms:
        .set    flags, 0
        .set    before, BEFORE_NONE
        /*   name          isa    ISV SAS SSE SRT WnR offset instruction */
        form ldr,          both,   1,  2,  0,  3,  0,  0,    ldr r3, [r1]
        form ldrb,         both,   1,  0,  0,  4,  0,  0,    ldrb r4, [r1]
        form ldrh,         both,   1,  1,  0,  5,  0,  0,    ldrh r5, [r1]
        form ldrsb,        both,   1,  0,  1,  8,  0,  0,    ldrsb r8, [r1]
        form ldrsh,        both,   1,  1,  1,  9,  0,  0,    ldrsh r9, [r1]
        form str,          both,   1,  2,  0,  0,  1,  0,    str r0, [r1]
        form strb,         both,   1,  0,  0,  7,  1,  0,    strb r7, [r1]
        form strh,         both,   1,  1,  0, 10,  1,  0,    strh r10, [r1]
        form ldr-imm,      both,   1,  2,  0, 12,  0,  8,    ldr r12, [r1, #8]
        form ldrb-imm,     both,   1,  0,  0, 11,  0,  5,    ldrb r11, [r1, #5]
        form ldrh-imm,     both,   1,  1,  0,  0,  0,  6,    ldrh r0, [r1, #6]
        form str-imm,      both,   1,  2,  0,  3,  1,  8,    str r3, [r1, #8]
        form strb-imm,     both,   1,  0,  0,  3,  1,  5,    strb r3, [r1, #5]
        form strh-imm,     both,   1,  1,  0,  3,  1,  6,    strh r3, [r1, #6]
        form ldr-neg,      both,   1,  2,  0,  3,  0, -8,    ldr r3, [r1, #-8]
        form str-neg,      both,   1,  2,  0,  3,  1, -8,    str r3, [r1, #-8]
        form ldr-reg,      both,   1,  2,  0,  6,  0, 16,    ldr r6, [r1, r2]
        form ldrb-reg,     both,   1,  0,  0,  6,  0, 16,    ldrb r6, [r1, r2]
        form ldrh-reg,     both,   1,  1,  0,  6,  0, 16,    ldrh r6, [r1, r2]
        form ldrsb-reg,    both,   1,  0,  1,  6,  0, 16,    ldrsb r6, [r1, r2]
        form ldrsh-reg,    both,   1,  1,  1,  6,  0, 16,    ldrsh r6, [r1, r2]
        form str-reg,      both,   1,  2,  0,  6,  1, 16,    str r6, [r1, r2]
        form strb-reg,     both,   1,  0,  0,  6,  1, 16,    strb r6, [r1, r2]
        form strh-reg,     both,   1,  1,  0,  6,  1, 16,    strh r6, [r1, r2]
        form ldr-reg-lsl,  both,   1,  2,  0,  8,  0, 64,    ldr r8, [r1, r2, lsl #2]
        form str-reg-lsl,  both,   1,  2,  0,  8,  1, 64,    str r8, [r1, r2, lsl #2]
        form ldr-base,     both,   1,  2,  0,  1,  0,  0,    ldr r1, [r1]
        form ldr-lr,       both,   1,  2,  0, 14,  0,  0,    ldr lr, [r1]
        form str-lr,       both,   1,  2,  0, 14,  1,  0,    str lr, [r1]
        form ldr-w,        thumb,  1,  2,  0,  3,  0,  0,    ldr.w r3, [r1]
        form ldrb-w,       thumb,  1,  0,  0,  3,  0,  0,    ldrb.w r3, [r1]
        form ldrh-w,       thumb,  1,  1,  0,  3,  0,  0,    ldrh.w r3, [r1]
        form ldrsb-w,      thumb,  1,  0,  1,  3,  0,  0,    ldrsb.w r3, [r1]
        form ldrsh-w,      thumb,  1,  1,  1,  3,  0,  0,    ldrsh.w r3, [r1]
        form str-w,        thumb,  1,  2,  0,  3,  1,  0,    str.w r3, [r1]
        form strb-w,       thumb,  1,  0,  0,  3,  1,  0,    strb.w r3, [r1]
        form strh-w,       thumb,  1,  1,  0,  3,  1,  0,    strh.w r3, [r1]
        form ldrt,         thumb,  1,  2,  0,  3,  0,  4,    ldrt r3, [r1, #4]
        form ldrbt,        thumb,  1,  0,  0,  3,  0,  4,    ldrbt r3, [r1, #4]
        form ldrht,        thumb,  1,  1,  0,  3,  0,  4,    ldrht r3, [r1, #4]
        form ldrsbt,       thumb,  1,  0,  1,  3,  0,  4,    ldrsbt r3, [r1, #4]
        form ldrsht,       thumb,  1,  1,  1,  3,  0,  4,    ldrsht r3, [r1, #4]
        form strt,         thumb,  1,  2,  0,  3,  1,  4,    strt r3, [r1, #4]
        form strbt,        thumb,  1,  0,  0,  3,  1,  4,    strbt r3, [r1, #4]
        form strht,        thumb,  1,  1,  0,  3,  1,  4,    strht r3, [r1, #4]
        form ldr-pre,      both,   0,  0,  0,  0,  0,  8,    ldr r3, [r1, #8]!
        form ldr-post,     both,   0,  0,  0,  0,  0,  0,    ldr r3, [r1], #8
        form ldrh-pre,     both,   0,  0,  0,  0,  0,  8,    ldrh r3, [r1, #8]!
        form ldrb-post,    both,   0,  0,  0,  0,  0,  0,    ldrb r3, [r1], #8
        form str-pre,      both,   0,  0,  0,  0,  1,  8,    str r3, [r1, #8]!
        form str-post,     both,   0,  0,  0,  0,  1,  0,    str r3, [r1], #8
        form strb-pre,     both,   0,  0,  0,  0,  1,  8,    strb r3, [r1, #8]!
        form strh-post,    both,   0,  0,  0,  0,  1,  0,    strh r3, [r1], #8
        form ldrt-post,    arm,    0,  0,  0,  0,  0,  0,    ldrt r3, [r1], #4
        form strt-post,    arm,    0,  0,  0,  0,  1,  0,    strt r3, [r1], #4
        form ldr-pc,       both,   0,  0,  0,  0,  0,  0,    ldr pc, [r1]
        .set    flags, FORM_MANY
        form ldrd,         both,   0,  0,  0,  0,  0,  0,    ldrd r4, r5, [r1]
        form ldrd-imm,     both,   0,  0,  0,  0,  0,  8,    ldrd r4, r5, [r1, #8]
        form strd,         both,   0,  0,  0,  0,  1,  0,    strd r4, r5, [r1]
        form ldmia,        both,   0,  0,  0,  0,  0,  0,    ldmia r1, {r3, r4, r5}
        form ldmia-wb,     both,   0,  0,  0,  0,  0,  0,    ldmia r1!, {r3, r4, r5}
        form ldmdb,        both,   0,  0,  0,  0,  0, -12,   ldmdb r1, {r3, r4, r5}
        form stmia,        both,   0,  0,  0,  0,  1,  0,    stmia r1!, {r3, r4, r5}
        form stmdb,        both,   0,  0,  0,  0,  1, -12,   stmdb r1!, {r3, r4, r5}
        .set    flags, 0
        form ldrex,        both,   0,  0,  0,  0,  0,  0,    ldrex r3, [r1]
        form ldrexb,       both,   0,  0,  0,  0,  0,  0,    ldrexb r3, [r1]
        form ldrexh,       both,   0,  0,  0,  0,  0,  0,    ldrexh r3, [r1]
        .set    flags, FORM_MANY
        form ldrexd,       both,   0,  0,  0,  0,  0,  0,    ldrexd r4, r5, [r1]
        .set    flags, 0
        form swp-read,     arm,    0,  0,  0,  0,  0,  0,    .inst 0xe1013094
        form swpb-read,    arm,    0,  0,  0,  0,  0,  0,    .inst 0xe1413094
        form tbb,          thumb,  0,  0,  0,  0,  0,  16,   tbb [r1, r2]
        form tbh,          thumb,  0,  0,  0,  0,  0,  32,   tbh [r1, r2, lsl #1]
        form vldr-s,       both,   0,  0,  0,  0,  0,  0,    vldr s0, [r1]
        form vldr-d,       both,   0,  0,  0,  0,  0,  8,    vldr d0, [r1, #8]
        form vstr-s,       both,   0,  0,  0,  0,  1,  0,    vstr s0, [r1]
        form vstr-d,       both,   0,  0,  0,  0,  1,  8,    vstr d0, [r1, #8]
        form vldmia,       both,   0,  0,  0,  0,  0,  0,    vldmia r1!, {d0, d1}
        form vstmia,       both,   0,  0,  0,  0,  1,  0,    vstmia r1!, {d0, d1}
        form vld1,         both,   0,  0,  0,  0,  0,  0,    vld1.8 {d0}, [r1]
        form vst1,         both,   0,  0,  0,  0,  1,  0,    vst1.8 {d0}, [r1]
        form vld4,         both,   0,  0,  0,  0,  0,  0,    vld4.32 {d0-d3}, [r1]
        /* offsets of the other sizes */
        form ldrb-neg,     both,  1,  0,  0,  7,  0,  -6,   ldrb r7, [r1, #-6]
        form ldrb-far,     both,  1,  0,  0,  8,  0, 224,   ldrb r8, [r1, #224]
        form ldrh-neg,     both,  1,  1,  0,  7,  0,  -6,   ldrh r7, [r1, #-6]
        form ldrh-far,     both,  1,  1,  0,  8,  0, 224,   ldrh r8, [r1, #224]
        form ldrsb-neg,    both,  1,  0,  1,  7,  0,  -6,   ldrsb r7, [r1, #-6]
        form ldrsb-far,    both,  1,  0,  1,  8,  0, 224,   ldrsb r8, [r1, #224]
        form ldrsh-neg,    both,  1,  1,  1,  7,  0,  -6,   ldrsh r7, [r1, #-6]
        form ldrsh-far,    both,  1,  1,  1,  8,  0, 224,   ldrsh r8, [r1, #224]
        form strb-neg,     both,  1,  0,  0,  7,  1,  -6,   strb r7, [r1, #-6]
        form strb-far,     both,  1,  0,  0,  8,  1, 224,   strb r8, [r1, #224]
        form strh-neg,     both,  1,  1,  0,  7,  1,  -6,   strh r7, [r1, #-6]
        form strh-far,     both,  1,  1,  0,  8,  1, 224,   strh r8, [r1, #224]
        form ldr-far,      both,  1,  2,  0,  9,  0, 224,   ldr r9, [r1, #224]
        form str-far,      both,  1,  2,  0, 10,  1, 224,   str r10, [r1, #224]
        form ldr-sp,       both,  1,  2,  0, 13,  0,   0,   ldr sp, [r1]
        form str-sp,       both,  1,  2,  0, 13,  1,   0,   str sp, [r1]
        /* register offsets, subtracted and shifted */
        form ldr-reg-sub,  arm,   1,  2,  0,  6,  0, -16,   ldr r6, [r1, -r2]
        form ldr-reg-lsl3, both,  1,  2,  0,  8,  0, 128,   ldr r8, [r1, r2, lsl #3]
        form ldr-reg-lsr,  arm,   1,  2,  0,  9,  0,   4,   ldr r9, [r1, r2, lsr #2]
        form ldr-reg-asr,  arm,   1,  2,  0, 10,  0,  -8,   ldr r10, [r1, -r2, asr #1]
        form ldr-reg-rrx,  arm,   1,  2,  0, 12,  0,   8,   ldr r12, [r1, r2, rrx]
        form ldrb-reg-sub, arm,   1,  0,  0,  6,  0, -16,   ldrb r6, [r1, -r2]
        form ldrb-reg-lsl3,both,  1,  0,  0,  8,  0, 128,   ldrb r8, [r1, r2, lsl #3]
        form ldrb-reg-lsr, arm,   1,  0,  0,  9,  0,   4,   ldrb r9, [r1, r2, lsr #2]
        form ldrb-reg-asr, arm,   1,  0,  0, 10,  0,  -8,   ldrb r10, [r1, -r2, asr #1]
        form ldrb-reg-ror, arm,   1,  0,  0, 11,  0,   1,   ldrb r11, [r1, r2, ror #4]
        form ldrb-reg-rrx, arm,   1,  0,  0, 12,  0,   8,   ldrb r12, [r1, r2, rrx]
        form ldrh-reg-sub, arm,   1,  1,  0,  6,  0, -16,   ldrh r6, [r1, -r2]
        form ldrh-reg-lsl3,thumb, 1,  1,  0,  8,  0, 128,   ldrh r8, [r1, r2, lsl #3]
        form ldrsb-reg-sub,arm,   1,  0,  1,  6,  0, -16,   ldrsb r6, [r1, -r2]
        form ldrsb-reg-lsl3,thumb, 1,  0,  1,  8,  0, 128,   ldrsb r8, [r1, r2, lsl #3]
        form ldrsh-reg-sub,arm,   1,  1,  1,  6,  0, -16,   ldrsh r6, [r1, -r2]
        form ldrsh-reg-lsl3,thumb, 1,  1,  1,  8,  0, 128,   ldrsh r8, [r1, r2, lsl #3]
        form str-reg-sub,  arm,   1,  2,  0,  6,  1, -16,   str r6, [r1, -r2]
        form str-reg-lsl3, both,  1,  2,  0,  8,  1, 128,   str r8, [r1, r2, lsl #3]
        form str-reg-lsr,  arm,   1,  2,  0,  9,  1,   4,   str r9, [r1, r2, lsr #2]
        form str-reg-asr,  arm,   1,  2,  0, 10,  1,  -8,   str r10, [r1, -r2, asr #1]
        form str-reg-rrx,  arm,   1,  2,  0, 12,  1,   8,   str r12, [r1, r2, rrx]
        form strb-reg-sub, arm,   1,  0,  0,  6,  1, -16,   strb r6, [r1, -r2]
        form strb-reg-lsl3,both,  1,  0,  0,  8,  1, 128,   strb r8, [r1, r2, lsl #3]
        form strb-reg-lsr, arm,   1,  0,  0,  9,  1,   4,   strb r9, [r1, r2, lsr #2]
        form strb-reg-asr, arm,   1,  0,  0, 10,  1,  -8,   strb r10, [r1, -r2, asr #1]
        form strb-reg-ror, arm,   1,  0,  0, 11,  1,   1,   strb r11, [r1, r2, ror #4]
        form strb-reg-rrx, arm,   1,  0,  0, 12,  1,   8,   strb r12, [r1, r2, rrx]
        form strh-reg-sub, arm,   1,  1,  0,  6,  1, -16,   strh r6, [r1, -r2]
        form strh-reg-lsl3,thumb, 1,  1,  0,  8,  1, 128,   strh r8, [r1, r2, lsl #3]
        /* writeback of the other sizes, and by a register */
        form ldr-pre-sub,  both,  0,  0,  0,  0,  0,  -4,   ldr r3, [r1, #-4]!
        form ldr-post-sub, both,  0,  0,  0,  0,  0,   0,   ldr r3, [r1], #-4
        form ldr-pre-add,  both,  0,  0,  0,  0,  0,  12,   ldr r4, [r1, #12]!
        form ldr-pre-reg,  arm,   0,  0,  0,  0,  0,  16,   ldr r3, [r1, r2]!
        form ldr-post-reg, arm,   0,  0,  0,  0,  0,   0,   ldr r3, [r1], -r2
        form ldrb-pre-sub, both,  0,  0,  0,  0,  0,  -4,   ldrb r3, [r1, #-4]!
        form ldrb-post-sub,both,  0,  0,  0,  0,  0,   0,   ldrb r3, [r1], #-4
        form ldrb-pre-add, both,  0,  0,  0,  0,  0,  12,   ldrb r4, [r1, #12]!
        form ldrb-pre-reg, arm,   0,  0,  0,  0,  0,  16,   ldrb r3, [r1, r2]!
        form ldrb-post-reg,arm,   0,  0,  0,  0,  0,   0,   ldrb r3, [r1], -r2
        form ldrh-pre-sub, both,  0,  0,  0,  0,  0,  -4,   ldrh r3, [r1, #-4]!
        form ldrh-post-sub,both,  0,  0,  0,  0,  0,   0,   ldrh r3, [r1], #-4
        form ldrh-pre-add, both,  0,  0,  0,  0,  0,  12,   ldrh r4, [r1, #12]!
        form ldrh-pre-reg, arm,   0,  0,  0,  0,  0,  16,   ldrh r3, [r1, r2]!
        form ldrh-post-reg,arm,   0,  0,  0,  0,  0,   0,   ldrh r3, [r1], -r2
        form ldrsb-pre-sub,both,  0,  0,  0,  0,  0,  -4,   ldrsb r3, [r1, #-4]!
        form ldrsb-post-sub,both,  0,  0,  0,  0,  0,   0,   ldrsb r3, [r1], #-4
        form ldrsb-pre-add,both,  0,  0,  0,  0,  0,  12,   ldrsb r4, [r1, #12]!
        form ldrsb-pre-reg,arm,   0,  0,  0,  0,  0,  16,   ldrsb r3, [r1, r2]!
        form ldrsb-post-reg,arm,   0,  0,  0,  0,  0,   0,   ldrsb r3, [r1], -r2
        form ldrsh-pre-sub,both,  0,  0,  0,  0,  0,  -4,   ldrsh r3, [r1, #-4]!
        form ldrsh-post-sub,both,  0,  0,  0,  0,  0,   0,   ldrsh r3, [r1], #-4
        form ldrsh-pre-add,both,  0,  0,  0,  0,  0,  12,   ldrsh r4, [r1, #12]!
        form ldrsh-pre-reg,arm,   0,  0,  0,  0,  0,  16,   ldrsh r3, [r1, r2]!
        form ldrsh-post-reg,arm,   0,  0,  0,  0,  0,   0,   ldrsh r3, [r1], -r2
        form str-pre-sub,  both,  0,  0,  0,  0,  1,  -4,   str r3, [r1, #-4]!
        form str-post-sub, both,  0,  0,  0,  0,  1,   0,   str r3, [r1], #-4
        form str-pre-add,  both,  0,  0,  0,  0,  1,  12,   str r4, [r1, #12]!
        form str-pre-reg,  arm,   0,  0,  0,  0,  1,  16,   str r3, [r1, r2]!
        form str-post-reg, arm,   0,  0,  0,  0,  1,   0,   str r3, [r1], -r2
        form strb-pre-sub, both,  0,  0,  0,  0,  1,  -4,   strb r3, [r1, #-4]!
        form strb-post-sub,both,  0,  0,  0,  0,  1,   0,   strb r3, [r1], #-4
        form strb-pre-add, both,  0,  0,  0,  0,  1,  12,   strb r4, [r1, #12]!
        form strb-pre-reg, arm,   0,  0,  0,  0,  1,  16,   strb r3, [r1, r2]!
        form strb-post-reg,arm,   0,  0,  0,  0,  1,   0,   strb r3, [r1], -r2
        form strh-pre-sub, both,  0,  0,  0,  0,  1,  -4,   strh r3, [r1, #-4]!
        form strh-post-sub,both,  0,  0,  0,  0,  1,   0,   strh r3, [r1], #-4
        form strh-pre-add, both,  0,  0,  0,  0,  1,  12,   strh r4, [r1, #12]!
        form strh-pre-reg, arm,   0,  0,  0,  0,  1,  16,   strh r3, [r1, r2]!
        form strh-post-reg,arm,   0,  0,  0,  0,  1,   0,   strh r3, [r1], -r2
        form ldrbt-post,   arm,   0,  0,  0,  0,  0,   0,   ldrbt r3, [r1], #4
        form ldrbt-post-reg,arm,   0,  0,  0,  0,  0,   0,   ldrbt r3, [r1], r2
        form ldrht-post,   arm,   0,  0,  0,  0,  0,   0,   ldrht r3, [r1], #4
        form ldrht-post-reg,arm,   0,  0,  0,  0,  0,   0,   ldrht r3, [r1], r2
        form ldrsbt-post,  arm,   0,  0,  0,  0,  0,   0,   ldrsbt r3, [r1], #4
        form ldrsbt-post-reg,arm,   0,  0,  0,  0,  0,   0,   ldrsbt r3, [r1], r2
        form ldrsht-post,  arm,   0,  0,  0,  0,  0,   0,   ldrsht r3, [r1], #4
        form ldrsht-post-reg,arm,   0,  0,  0,  0,  0,   0,   ldrsht r3, [r1], r2
        form strbt-post,   arm,   0,  0,  0,  0,  1,   0,   strbt r3, [r1], #4
        form strbt-post-reg,arm,   0,  0,  0,  0,  1,   0,   strbt r3, [r1], r2
        form strht-post,   arm,   0,  0,  0,  0,  1,   0,   strht r3, [r1], #4
        form strht-post-reg,arm,   0,  0,  0,  0,  1,   0,   strht r3, [r1], r2
        form ldrt-post-reg,arm,   0,  0,  0,  0,  0,   0,   ldrt r3, [r1], r2
        form strt-post-reg,arm,   0,  0,  0,  0,  1,   0,   strt r3, [r1], -r2
        form ldr-pc-pre,   both,  0,  0,  0,  0,  0,   8,   ldr pc, [r1, #8]!
        form ldr-pc-reg,   both,  0,  0,  0,  0,  0,  16,   ldr pc, [r1, r2]
        /* two registers */
        .set    flags, FORM_MANY
        .set    before, BEFORE_NONE
        form ldrd-pre,     both,  0,  0,  0,  0,  0,   8,   ldrd r4, r5, [r1, #8]!
        form ldrd-post,    both,  0,  0,  0,  0,  0,   0,   ldrd r4, r5, [r1], #8
        form ldrd-neg,     both,  0,  0,  0,  0,  0,  -8,   ldrd r4, r5, [r1, #-8]
        form ldrd-reg,     arm,   0,  0,  0,  0,  0,  16,   ldrd r4, r5, [r1, r2]
        form ldrd-pre-reg, arm,   0,  0,  0,  0,  0, -16,   ldrd r4, r5, [r1, -r2]!
        form ldrd-any,     thumb, 0,  0,  0,  0,  0,   4,   ldrd r9, r3, [r1, #4]
        .set    flags, 0
        .set    before, BEFORE_NONE
        form strd-imm,     both,  0,  0,  0,  0,  1,   8,   strd r4, r5, [r1, #8]
        form strd-pre,     both,  0,  0,  0,  0,  1,  -8,   strd r4, r5, [r1, #-8]!
        form strd-post,    both,  0,  0,  0,  0,  1,   0,   strd r4, r5, [r1], #8
        form strd-reg,     arm,   0,  0,  0,  0,  1,  16,   strd r4, r5, [r1, r2]
        form strd-any,     thumb, 0,  0,  0,  0,  1,   4,   strd r9, r3, [r1, #4]
        /* multiple registers */
        .set    flags, FORM_MANY
        .set    before, BEFORE_NONE
        form ldmib,        arm,   0,  0,  0,  0,  0,   4,   ldmib r1, {r3, r4, r5}
        form ldmda,        arm,   0,  0,  0,  0,  0,  -8,   ldmda r1, {r3, r4, r5}
        form ldmda-wb,     arm,   0,  0,  0,  0,  0,  -8,   ldmda r1!, {r3, r4, r5}
        form ldmdb-wb,     both,  0,  0,  0,  0,  0, -12,   ldmdb r1!, {r3, r4, r5}
        form ldm-base,     arm,   0,  0,  0,  0,  0,   0,   ldmia r1, {r0, r1, r3}
        form ldm-base16,   thumb, 0,  0,  0,  0,  0,   0,   ldmia r1, {r1, r3}
        form ldm-high,     both,  0,  0,  0,  0,  0,   0,   ldmia r1, {r8, r9, lr}
        form ldm-pc,       both,  0,  0,  0,  0,  0,   0,   ldmia r1, {r3, pc}
        form ldm-one,      arm,   0,  0,  0,  0,  0,   0,   ldmia r1, {r3}
        .set    flags, 0
        .set    before, BEFORE_NONE
        form stmib,        arm,   0,  0,  0,  0,  1,   4,   stmib r1, {r3, r4, r5}
        form stmda,        arm,   0,  0,  0,  0,  1,  -8,   stmda r1, {r3, r4, r5}
        form stmia-no-wb,  both,  0,  0,  0,  0,  1,   0,   stmia r1, {r3, r4, r5}
        form stmdb-no-wb,  both,  0,  0,  0,  0,  1, -12,   stmdb r1, {r3, r4, r5}
        form stm-high,     both,  0,  0,  0,  0,  1,   0,   stmia r1!, {r8, r9, lr}
        form stm-base,     arm,   0,  0,  0,  0,  1,   0,   stmia r1, {r1, r3}
        /* the stack */
        .set    flags, 0
        .set    before, BEFORE_SP
        form ldr-from-sp,  both,  1,  2,  0,  3,  0,   8,   ldr r3, [sp, #8]
        form str-to-sp,    both,  1,  2,  0,  3,  1,   8,   str r3, [sp, #8]
        form ldrb-from-sp, both,  1,  0,  0,  3,  0,   8,   ldrb r3, [sp, #8]
        form strh-to-sp,   both,  1,  1,  0,  3,  1,   8,   strh r3, [sp, #8]
        form push-one,     both,  0,  0,  0,  0,  1,  -4,   push {r3}
        form push,         both,  0,  0,  0,  0,  1, -12,   push {r3, r4, lr}
        form push-high,    both,  0,  0,  0,  0,  1, -12,   push {r8, r9, r10}
        form vpush,        both,  0,  0,  0,  0,  1, -16,   vpush {d0, d1}
        form vpop,         both,  0,  0,  0,  0,  0,   0,   vpop {d0, d1}
        .set    flags, FORM_MANY
        .set    before, BEFORE_SP
        form pop-one,      both,  0,  0,  0,  0,  0,   0,   pop {r3}
        form pop,          both,  0,  0,  0,  0,  0,   0,   pop {r3, r4, r5}
        form pop-pc,       both,  0,  0,  0,  0,  0,   0,   pop {r3, pc}
        form pop-high,     both,  0,  0,  0,  0,  0,   0,   pop {r8, r9, lr}
        /* system instructions, not in User mode */
        .set    flags, FORM_PL1 | FORM_MANY
        .set    before, BEFORE_NONE
        form ldm-user,     arm,   0,  0,  0,  0,  0,   0,   ldmia r1, {r3, r4, sp}^
        form rfeia,        both,  0,  0,  0,  0,  0,   0,   rfeia r1
        form rfedb-wb,     both,  0,  0,  0,  0,  0,  -8,   rfedb r1!
        .set    flags, FORM_PL1
        .set    before, BEFORE_NONE
        form stm-user,     arm,   0,  0,  0,  0,  1,   0,   stmia r1, {r3, r4, sp}^
        .set    flags, FORM_PL1 | FORM_NOT_FIQ
        .set    before, BEFORE_SP
        form srsia,        both,  0,  0,  0,  0,  1,   0,   srsia sp, #0x13
        form srsdb-wb,     both,  0,  0,  0,  0,  1,  -8,   srsdb sp!, #0x13
        /* exclusives: what is loaded may be stored, which needs another permission */
        .set    flags, FORM_AFTER_LOAD
        .set    before, BEFORE_LDREX
        form strex,        both,  0,  0,  0,  0,  1,   0,   strex r5, r3, [r1]
        .set    flags, FORM_AFTER_LOAD
        .set    before, BEFORE_LDREXB
        form strexb,       both,  0,  0,  0,  0,  1,   0,   strexb r5, r3, [r1]
        .set    flags, FORM_AFTER_LOAD
        .set    before, BEFORE_LDREXH
        form strexh,       both,  0,  0,  0,  0,  1,   0,   strexh r5, r3, [r1]
        .set    flags, FORM_AFTER_LOAD
        .set    before, BEFORE_LDREXD
        form strexd,       both,  0,  0,  0,  0,  1,   0,   strexd r5, r8, r9, [r1]
        /* coprocessor 14: DBGDTRTXint and DBGDTRRXint */
        .set    flags, 0
        .set    before, BEFORE_NONE
        form ldc-p14,      both,  0,  0,  0,  0,  0,   0,   ldc p14, c5, [r1]
        form ldc-p14-pre,  both,  0,  0,  0,  0,  0,   8,   ldc p14, c5, [r1, #8]!
        form stc-p14,      both,  0,  0,  0,  0,  1,   0,   stc p14, c5, [r1]
        form stc-p14-post, both,  0,  0,  0,  0,  1,   0,   stc p14, c5, [r1], #8
        /* floating point and Advanced SIMD */
        form vldr-neg,     both,  0,  0,  0,  0,  0,  -8,   vldr d17, [r1, #-8]
        form vstr-neg,     both,  0,  0,  0,  0,  1,  -8,   vstr s31, [r1, #-8]
        form vldmia-s,     both,  0,  0,  0,  0,  0,   0,   vldmia r1, {s1-s4}
        form vldmdb,       both,  0,  0,  0,  0,  0, -16,   vldmdb r1!, {d0, d1}
        form vstmia-s,     both,  0,  0,  0,  0,  1,   0,   vstmia r1, {s1-s4}
        form vstmdb,       both,  0,  0,  0,  0,  1, -16,   vstmdb r1!, {d0, d1}
        form vld1-4,       both,  0,  0,  0,  0,  0,   0,   vld1.64 {d0-d3}, [r1]!
        form vst1-4,       both,  0,  0,  0,  0,  1,   0,   vst1.64 {d0-d3}, [r1]!
        form vld1-reg,     both,  0,  0,  0,  0,  0,   0,   vld1.8 {d0}, [r1], r2
        form vst1-reg,     both,  0,  0,  0,  0,  1,   0,   vst1.8 {d0}, [r1], r2
        form vld1-lane,    both,  0,  0,  0,  0,  0,   0,   vld1.16 {d0[2]}, [r1]
        form vst1-lane,    both,  0,  0,  0,  0,  1,   0,   vst1.16 {d0[2]}, [r1]!
        form vld1-all,     both,  0,  0,  0,  0,  0,   0,   vld1.32 {d0[]}, [r1]
        form vld2,         both,  0,  0,  0,  0,  0,   0,   vld2.8 {d0, d1}, [r1]!
        form vst2,         both,  0,  0,  0,  0,  1,   0,   vst2.8 {d0, d1}, [r1]
        form vld2-lane,    both,  0,  0,  0,  0,  0,   0,   vld2.32 {d0[1], d1[1]}, [r1]
        form vst2-lane,    both,  0,  0,  0,  0,  1,   0,   vst2.32 {d0[1], d1[1]}, [r1]
        form vld3,         both,  0,  0,  0,  0,  0,   0,   vld3.16 {d0, d1, d2}, [r1]
        form vst3,         both,  0,  0,  0,  0,  1,   0,   vst3.16 {d0, d1, d2}, [r1]!
        form vld3-all,     both,  0,  0,  0,  0,  0,   0,   vld3.8 {d0[], d1[], d2[]}, [r1]
        form vst3-lane,    both,  0,  0,  0,  0,  1,   0,   vst3.8 {d0[3], d1[3], d2[3]}, [r1]
        form vld4-lane,    both,  0,  0,  0,  0,  0,   0,   vld4.8 {d0[7], d1[7], d2[7], d3[7]}, [r1]!
        form vst4,         both,  0,  0,  0,  0,  1,   0,   vst4.32 {d0-d3}, [r1]
        form vld1-aligned, both,  0,  0,  0,  0,  0,   0,   vld1.64 {d0, d1}, [r1:128]
        /* hints never fault: A8.8.125 to A8.8.130 */
        .set    flags, FORM_COMPLETES
        .set    before, BEFORE_NONE
        form pld,          both,  0,  0,  0,  0,  0,   0,   pld [r1]
        form pldw,         both,  0,  0,  0,  0,  0,   0,   pldw [r1]
        form pli,          both,  0,  0,  0,  0,  0,   0,   pli [r1]
        form pld-reg,      both,  0,  0,  0,  0,  0,   0,   pld [r1, r2]
        form pld-neg,      both,  0,  0,  0,  0,  0,   0,   pld [r1, #-8]
        form pldw-reg,     both,  0,  0,  0,  0,  0,   0,   pldw [r1, r2]
        form pli-reg,      both,  0,  0,  0,  0,  0,   0,   pli [r1, r2, lsl #2]
forms_end:
