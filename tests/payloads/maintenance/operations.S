/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * void run_operations(uint32_t operand): every TLB, cache and address translation operation of
 * ARMv7 with the Virtualization Extensions once, in one block without a barrier between, and three
 * of the cache in runs of four.  DDI 0406C B4.2.
 */
        .arch   armv7-a
        .arch_extension virt
        .syntax unified
        .arm

        .macro  tlb opc1, crm, opc2
        mcr     p15, \opc1, r0, c8, \crm, \opc2
        .endm
        .macro  cache crm, opc2, opc1=0
        mcr     p15, \opc1, r0, c7, \crm, \opc2
        .endm
        .macro  run crm, opc2
        mov     r1, r0
        .rept   4
        mcr     p15, 0, r1, c7, \crm, \opc2
        add     r1, r1, #64
        .endr
        .endm

        .global run_operations
run_operations:
        tlb     0, c3, 0                        @ TLBIALLIS
        tlb     0, c3, 1                        @ TLBIMVAIS
        tlb     0, c3, 2                        @ TLBIASIDIS
        tlb     0, c3, 3                        @ TLBIMVAAIS
        tlb     0, c5, 0                        @ ITLBIALL
        tlb     0, c5, 1                        @ ITLBIMVA
        tlb     0, c5, 2                        @ ITLBIASID
        tlb     0, c6, 0                        @ DTLBIALL
        tlb     0, c6, 1                        @ DTLBIMVA
        tlb     0, c6, 2                        @ DTLBIASID
        tlb     0, c7, 0                        @ TLBIALL
        tlb     0, c7, 1                        @ TLBIMVA
        tlb     0, c7, 2                        @ TLBIASID
        tlb     0, c7, 3                        @ TLBIMVAA
        tlb     4, c3, 0                        @ TLBIALLHIS
        tlb     4, c3, 1                        @ TLBIMVAHIS
        tlb     4, c3, 4                        @ TLBIALLNSNHIS
        tlb     4, c7, 0                        @ TLBIALLH
        tlb     4, c7, 1                        @ TLBIMVAH
        tlb     4, c7, 4                        @ TLBIALLNSNH
        cache   c1, 0                           @ ICIALLUIS
        cache   c1, 6                           @ BPIALLIS
        cache   c5, 0                           @ ICIALLU
        run     c5, 1                           @ ICIMVAU
        cache   c5, 6                           @ BPIALL
        cache   c5, 7                           @ BPIMVA
        cache   c6, 1                           @ DCIMVAC
        cache   c6, 2                           @ DCISW
        run     c10, 1                          @ DCCMVAC
        cache   c10, 2                          @ DCCSW
        cache   c11, 1                          @ DCCMVAU
        run     c14, 1                          @ DCCIMVAC
        cache   c14, 2                          @ DCCISW
        cache   c8, 0                           @ ATS1CPR
        cache   c8, 1                           @ ATS1CPW
        cache   c8, 2                           @ ATS1CUR
        cache   c8, 3                           @ ATS1CUW
        cache   c8, 4                           @ ATS12NSOPR
        cache   c8, 5                           @ ATS12NSOPW
        cache   c8, 6                           @ ATS12NSOUR
        cache   c8, 7                           @ ATS12NSOUW
        cache   c8, 0, 4                        @ ATS1HR
        cache   c8, 1, 4                        @ ATS1HW
        bx      lr
