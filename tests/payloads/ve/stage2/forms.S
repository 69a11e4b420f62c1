/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Load and store instructions as the assembler makes them, with the syndrome that a stage-2 data
 * abort of each has.  ISV: DDI 0406C B3.13.6, "ISS encoding for Data Abort exceptions": loads and
 * stores of one core register without writeback and without exclusivity, Rt not the PC.
 *
 * Base r1; offset register r2, which is 16.  SWP and SWPB r3, r4, [r1] are numbers because the
 * assembler warns of them.
 */
        .arch   armv7-a
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
        .byte   \isv, \sas, \sse, \srt, \wnr
        .hword  \offset
        .endm

        .section .rodata.forms, "a"
        .balign 4
        .global forms, forms_end
forms:
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
        form ldrd,         both,   0,  0,  0,  0,  0,  0,    ldrd r4, r5, [r1]
        form ldrd-imm,     both,   0,  0,  0,  0,  0,  8,    ldrd r4, r5, [r1, #8]
        form strd,         both,   0,  0,  0,  0,  1,  0,    strd r4, r5, [r1]
        form ldmia,        both,   0,  0,  0,  0,  0,  0,    ldmia r1, {r3, r4, r5}
        form ldmia-wb,     both,   0,  0,  0,  0,  0,  0,    ldmia r1!, {r3, r4, r5}
        form ldmdb,        both,   0,  0,  0,  0,  0, -12,   ldmdb r1, {r3, r4, r5}
        form stmia,        both,   0,  0,  0,  0,  1,  0,    stmia r1!, {r3, r4, r5}
        form stmdb,        both,   0,  0,  0,  0,  1, -12,   stmdb r1!, {r3, r4, r5}
        form ldrex,        both,   0,  0,  0,  0,  0,  0,    ldrex r3, [r1]
        form ldrexb,       both,   0,  0,  0,  0,  0,  0,    ldrexb r3, [r1]
        form ldrexh,       both,   0,  0,  0,  0,  0,  0,    ldrexh r3, [r1]
        form ldrexd,       both,   0,  0,  0,  0,  0,  0,    ldrexd r4, r5, [r1]
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
forms_end:
