/* SPDX-License-Identifier: BSD-2-Clause */
/* Instructions that trap inside IT blocks; itstate.h. */
        .arch   armv7-a
        .arch_extension virt
        .arch_extension sec
        .syntax unified
        .thumb
        .text

        .macro  begin name
        .global \name
\name:
        movs    r0, #0
        itt     eq
        .endm

        .macro  trap name, insn
        .global \name
\name:
        \insn
        .endm

        begin   it_wfi_first
        trap    it_wfi_first_insn, wfieq
        moveq   r0, #1
        hvc     #0

        begin   it_wfi_last
        moveq   r0, #1
        trap    it_wfi_last_insn, wfieq
        hvc     #0

        .balign 4
        begin   it_smc_last
        moveq   r0, #1
        trap    it_smc_last_insn, "smceq #0"
        hvc     #0

        .balign 4096
        .space  4096 - 8
        begin   it_wfi_page_end
        moveq   r0, #1
        trap    it_wfi_page_end_insn, wfieq
        hvc     #0
