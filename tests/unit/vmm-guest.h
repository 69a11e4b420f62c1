/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A vCPU whose guest is a script of traps.  Syndromes are written out as DDI 0406C B3.13.6 encodes
 * them.  For one test program each: the state is static.
 */
#ifndef TESTS_UNIT_VMM_GUEST_H
#define TESTS_UNIT_VMM_GUEST_H

#include <string.h>
#include "core/guest_mem.h"
#include "vmm-vm.h"

#define DEVICE   0x10000000u
#define ENTRY    (TEST_RAM + 0x8000u)
#define HSR_MRC(crn, opc1, crm, opc2, rt) \
    (0x0fe00001u | (opc2) << 17 | (opc1) << 14 | (crn) << 10 | (rt) << 5 | (crm) << 1)
#define HSR_MCR(crn, opc1, crm, opc2, rt) (HSR_MRC(crn, opc1, crm, opc2, rt) & ~1u)
#define HVC_0    0x4a000000u
#define HVC_77   0x4a00004du
#define SMC      0x4e000000u
#define WFI      0x07e00000u
#define WFE      0x07e00001u
#define LDR_R3   0x93830007u   /* ISV, word, r3, translation fault of level 3 */
#define STR_R3   0x93830047u
#define LDRSB_R3 0x93230007u
#define STRH_R3  0x93430047u
#define NO_ISV   0x92000007u
#define FETCH    0x82000007u
#define IRQ      0xffffffffu   /* in a script: the IRQ vector */

static struct test_vm vm;
static struct hypctx *const ctx = &vm.hyp.vcpu[0];

/* What the guest does: its exits one after the other. */
struct script {
    struct {
        uint32_t hsr;
        uint32_t ipa;
    } step[8];
    unsigned count, next;
};

static struct script script;

static struct trap_regs play(struct hypctx *who, void *opaque)
{
    struct script *s = opaque;
    unsigned i = s->next++;

    fake_check(i < s->count, "the guest ran on after its script");
    if (s->step[i].hsr >> 26 == 0x12) {
        who->regs.pc += 4;
    }
    return (struct trap_regs) {
        .vector = s->step[i].hsr == IRQ ? HYP_VECTOR_IRQ : HYP_VECTOR_TRAP,
        .hsr = s->step[i].hsr,
        .hdfar = s->step[i].ipa, .hifar = s->step[i].ipa,
        .hpfar = s->step[i].ipa >> 12 << 4,
    };
}

/* A device that notes its accesses and answers with 0x8899aabb + offset. */
static struct mmio_access seen[8];
static unsigned seen_count;
static enum mmio_result device_answer;

static enum mmio_result device(void *opaque, struct hypctx *who, struct mmio_access *access)
{
    if (seen_count < 8) {
        seen[seen_count++] = *access;
    }
    if (!access->is_write) {
        access->value = 0x8899aabb + (uint32_t)access->offset;
    }
    return device_answer;
}

static inline int setup(void **state)
{
    test_vm_create(&vm, 2);
    assert_int_equal(vm_add_device(&vm.hyp, (struct mmio_region) {
        .base = ipa_init(DEVICE), .size_bytes = 0x1000, .handler = device,
    }), VMM_OK);
    assert_int_equal(vcpu_boot(ctx, ENTRY, 0, 0x1234, 0x5678), VMM_OK);
    memset(&script, 0, sizeof(script));
    fake.guest = play;
    fake.guest_opaque = &script;
    seen_count = 0;
    device_answer = MMIO_DONE;
    return 0;
}

static inline void add(uint32_t hsr, uint32_t ipa)
{
    script.step[script.count].hsr = hsr;
    script.step[script.count++].ipa = ipa;
}

/* Runs until the guest, after all that was added, calls HVC #77. */
static inline void run(void)
{
    struct vm_exit exit;

    add(HVC_77, 0);
    exit = vcpu_run(ctx, 0, 1000);
    assert_int_equal(exit.code, VM_EXIT_HVC);
    assert_int_equal(exit.u.call.imm16, 77);
    assert_int_equal(script.next, script.count);
    script.count = script.next = 0;
}

static inline uint64_t reg(enum vm_register number)
{
    uint64_t value;

    assert_int_equal(vm_get_register(ctx, number, &value), VMM_OK);
    return value;
}

static inline void put(uint32_t code)
{
    assert_true(guest_mem_write(&vm.hyp, ipa_init(ENTRY), &code, sizeof(code)));
}

#define TEST(name) cmocka_unit_test_setup(test_##name, setup)

#endif
