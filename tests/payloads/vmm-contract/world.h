/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the code in Hyp (hyp.S) and the host at PL1 share.
 */
#ifndef PAYLOADS_VMM_CONTRACT_WORLD_H
#define PAYLOADS_VMM_CONTRACT_WORLD_H

#include <stddef.h>
#include <stdint.h>

/* Hyp's exception vectors that end a guest's run: offset / 4, DDI 0406C table B1-3. */
enum world_exit { EXIT_TRAP = 5, EXIT_IRQ = 6, EXIT_FIQ = 7 };

enum { WORLD_BANKED = 21, WORLD_CP15 = 24, LIST_REGISTERS = 4 };

/* One guest, and room for the host while it runs.  hyp.S knows the offsets. */
struct world {
    uint32_t r[13];
    uint32_t lr_usr;
    uint32_t pc, psr;
    uint32_t banked[WORLD_BANKED], host_banked[WORLD_BANKED];
    uint32_t cp15[WORLD_CP15], host_cp15[WORLD_CP15];
    uint32_t hcr, hcr_seen;             /* to be set; as it read back */
    uint32_t hcptr;
    uint32_t midr, mpidr;               /* what the guest is to read */
    uint32_t vfp_loaded, vfp_switches;
    uint32_t hsr, hdfar, hifar, hpfar;  /* of the last exit */
    uint32_t cntv_ctl;
    uint64_t vttbr;
    uint64_t cntvoff, cntv_cval;
    uint32_t gich;                      /* address of GICH as Hyp has it mapped */
    uint32_t gich_hcr, gich_vmcr, gich_misr, gich_eisr, gich_elsr, gich_apr;
    uint32_t gich_lr[LIST_REGISTERS];
    uint32_t exit;                      /* the vector, while it is on its way */
    uint64_t vfp[16], host_vfp[16];
};

_Static_assert(offsetof(struct world, banked) == 64, "hyp.S");
_Static_assert(offsetof(struct world, cp15) == 232, "hyp.S");
_Static_assert(offsetof(struct world, hcr) == 424, "hyp.S");
_Static_assert(offsetof(struct world, hsr) == 452, "hyp.S");
_Static_assert(offsetof(struct world, vttbr) == 472, "hyp.S");
_Static_assert(offsetof(struct world, gich) == 496, "hyp.S");
_Static_assert(offsetof(struct world, exit) == 540, "hyp.S");
_Static_assert(offsetof(struct world, vfp) == 544, "hyp.S");

/* Hyp's controls as hyp_controls() reads them. */
struct hyp_controls {
    uint32_t htcr, vtcr, hmair0, hmair1, hsctlr, hvbar;
    uint64_t httbr;
};

/* The stub that the kernel leaves in Hyp: HVC makes r0 the next HVBAR. */
extern const char stub_vectors[];

/* The page of code in Hyp, and in it: vectors while its MMU is off, vectors from then on. */
extern const char hyp_page[], hyp_init_vectors[], hyp_vectors_mapped[];

/* Functions of that page, for hypercall() only; they run in Hyp. */
int hyp_enter(struct world *world);                     /* returns enum world_exit */
int hyp_controls(struct hyp_controls *controls);
int hyp_peek(const void *address);                      /* the word, or HSR of the abort */

/** hvc: HVC #0 with these registers; returns r0. */
uint32_t hvc(uint32_t r0, uint32_t r1, uint32_t r2, uint32_t r3);

/* The guest's code, position-independent. */
extern const char guest_begin[], guest_end[];

#endif
