/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each kind of load and store as the assembler makes it, with the alignment that it requires of
 * Device memory, the size of its single accesses, and of any memory: DDI 0406C A3.2.1, Table A3-1,
 * and the pseudocode of each: MemU and MemA.
 */
        .arch   armv7-a
        .arch_extension virt
        .fpu    neon-vfpv4
        .syntax unified

        .macro  access name, isa, element, any, flags, insn:vararg
        .pushsection .rodata.names, "a"
access_name_\@: .asciz "\name"
        .popsection
        .word   access_name_\@
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
access_begin_\@:
        \insn
access_end_\@:
        .org    access_begin_\@ + 4
        .byte   access_end_\@ - access_begin_\@
        .endif
        .byte   \element, \any, \flags
        .endm

        .section .rodata.accesses, "a"
        .balign 4
        .global accesses, accesses_end
accesses:
        /*     name          isa  element any flags instruction */
        access ldr,          both,   4, 1, 0, ldr r3, [r1]
        access ldrh,         both,   2, 1, 0, ldrh r3, [r1]
        access ldrsh,        both,   2, 1, 0, ldrsh r3, [r1]
        access ldrb,         both,   1, 1, 0, ldrb r3, [r1]
        access str,          both,   4, 1, 1, str r3, [r1]
        access strh,         both,   2, 1, 1, strh r3, [r1]
        access strb,         both,   1, 1, 1, strb r3, [r1]
        access ldr-post,     both,   4, 1, 0, ldr r3, [r1], #4
        access strh-pre,     both,   2, 1, 1, strh r3, [r1, #8]!
        access ldr-w,        thumb,  4, 1, 0, ldr.w r3, [r1]
        access ldrt,         both,   4, 1, 2, ldrt r3, [r1]
        access strht,        thumb,  2, 1, 3, strht r3, [r1]
        access ldrd,         both,   4, 4, 0, ldrd r4, r5, [r1]
        access strd,         both,   4, 4, 1, strd r4, r5, [r1]
        access ldm,          both,   4, 4, 0, ldm r1, {r3, r4, r5}
        access stm,          both,   4, 4, 1, stm r1, {r3, r4, r5}
        access ldrex,        both,   4, 4, 0, ldrex r3, [r1]
        access ldrexh,       both,   2, 2, 0, ldrexh r3, [r1]
        access ldrexb,       both,   1, 1, 0, ldrexb r3, [r1]
        access ldrexd,       both,   8, 8, 0, ldrexd r4, r5, [r1]
        access swp,          arm,    4, 4, 0, .inst 0xe1013094
        access swpb,         arm,    1, 1, 0, .inst 0xe1413094
        access vldr-s,       both,   4, 4, 0, vldr s0, [r1]
        access vldr-d,       both,   4, 4, 0, vldr d0, [r1]
        access vstr-d,       both,   4, 4, 1, vstr d0, [r1]
        access vldm,         both,   4, 4, 0, vldm r1, {d0, d1}
        access vstm,         both,   4, 4, 1, vstm r1, {d0, d1}
        access vld1.8,       both,   1, 1, 0, vld1.8 {d0}, [r1]
        access vld1.16,      both,   2, 1, 0, vld1.16 {d0}, [r1]
        access vld1.32,      both,   4, 1, 0, vld1.32 {d0, d1}, [r1]
        access vld1.8-64,    both,   8, 8, 0, vld1.8 {d0}, [r1:64]
        access vld2.16,      both,   2, 1, 0, vld2.16 {d0, d1}, [r1]
        access vld4.32,      both,   4, 1, 0, vld4.32 {d0-d3}, [r1]
        access vld1.16-lane, both,   2, 1, 0, vld1.16 {d0[1]}, [r1]
        access vld1.32-al,   both,   4, 4, 0, vld1.32 {d0[1]}, [r1:32]
        access vld1.16-all,  both,   2, 1, 0, vld1.16 {d0[]}, [r1]
        access vst1.8,       both,   1, 1, 1, vst1.8 {d0}, [r1]
        access vst1.32,      both,   4, 1, 1, vst1.32 {d0}, [r1]
        access vst3.16,      both,   2, 1, 1, vst3.16 {d0, d1, d2}, [r1]
accesses_end:
