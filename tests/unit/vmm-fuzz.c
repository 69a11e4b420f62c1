/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whatever a guest puts into a syndrome, an instruction or the distributor, the core gives a
 * defined answer.  The first byte of the input chooses what the rest is for.  libFuzzer, with the
 * address and undefined-behaviour sanitizers; tests/unit/vmm-fuzz builds and runs it.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/insn.h"
#include "vmm-vm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size_bytes);

/* The next word of the input; 0 behind its end. */
struct input {
    const uint8_t *data;
    size_t left_bytes;
};

static uint32_t take(struct input *input)
{
    uint32_t word = 0;
    size_t bytes = input->left_bytes < sizeof(word) ? input->left_bytes : sizeof(word);

    memcpy(&word, input->data, bytes);
    input->data += bytes;
    input->left_bytes -= bytes;
    return word;
}

static void fuzz_trap(struct input *input)
{
    struct trap_regs trap = {.vector = (enum hyp_vector)(take(input) & 7)};
    struct vm_exit exit;

    trap.hsr = take(input);
    trap.hdfar = take(input);
    trap.hifar = take(input);
    trap.hpfar = take(input);
    exit = trap_decode(&trap, 0x8000, take(input));
    fake_check(exit.code < VM_EXIT_CODE_COUNT, "no such exit");
    if (exit.code == VM_EXIT_ABORT) {
        fake_check(exit.u.abort.ipa.value >> 40 == 0, "an IPA beyond 40 bits");
    }
}

static void fuzz_insn(struct input *input)
{
    struct insn_context context;
    struct insn_access access;
    uint32_t insn = take(input);

    for (unsigned n = 0; n < 16; n++) {
        context.r[n] = take(input);
    }
    context.cpsr = take(input);
    if (!insn_decode(insn, insn & 1u << 31 ? 4 : 2, &context, &access)) {
        return;
    }
    fake_check(access.count >= 1 && access.count <= 16, "number of transfers");
    fake_check(access.size_bytes == 1 || access.size_bytes == 2 || access.size_bytes == 4, "size");
    fake_check(!access.writeback || access.rn < 15, "writeback to the PC");
    for (unsigned i = 0; i < access.count; i++) {
        fake_check(access.reg[i] < 15 || !access.is_load, "a load of the PC");
    }
}

/* Two vCPUs at the distributor and at their interfaces; no shared interrupt is in list registers of
 * both, and no interrupt twice in one's (IHI 0048B 5.2.2). */
static void check_list_registers(const struct test_vm *vm)
{
    uint8_t held[2][VGIC_IRQ_COUNT] = {{0}};

    for (unsigned vcpu = 0; vcpu < 2; vcpu++) {
        const struct vgic_cpu *cpu = &vm->hyp.vcpu[vcpu].vgic;

        for (unsigned i = 0; i < cpu->lr_used; i++) {
            fake_check(++held[vcpu][cpu->lr[i].intid] == 1, "an interrupt held twice");
        }
    }
    for (unsigned intid = VGIC_PRIVATE_COUNT; intid < VGIC_IRQ_COUNT; intid++) {
        fake_check(held[0][intid] + held[1][intid] <= 1, "an interrupt held by two vCPUs");
    }
}

/* The VM is made once (that zeroes all of the fake RAM), its interrupts anew each time: all SPIs
 * enabled, for both vCPUs. */
static void reset_vgic(struct test_vm *vm)
{
    if (vm->hyp.vcpu_count == 0) {
        test_vm_create(vm, 2);
        test_vm_load(vm, 0);
        test_vm_load(vm, 1);
    }
    vgic_init(&vm->hyp.vgic, FAKE_LR_COUNT);
    vm->hyp.vgic.ctlr = 1;
    for (unsigned i = 0; i < VGIC_SHARED_COUNT; i++) {
        vm->hyp.vgic.irq[i].enabled = true;
        vm->hyp.vgic.irq[i].targets = 3;
    }
    memset(fake.gich, 0, sizeof(fake.gich));
    for (unsigned vcpu = 0; vcpu < 2; vcpu++) {
        vgic_cpu_init(&vm->hyp.vcpu[vcpu]);
        fake.cpu = vcpu;
        vgic_load(&vm->hyp.vcpu[vcpu]);
        fake.gich[vcpu].vmcr = 0xf8000001;
    }
}

static void fuzz_distributor(struct input *input)
{
    static struct test_vm vm;

    reset_vgic(&vm);
    while (input->left_bytes > 0) {
        uint32_t word = take(input);
        struct hypctx *ctx = &vm.hyp.vcpu[word & 1];

        fake.cpu = word & 1;
        switch (word >> 1 & 3) {
        case 0:
            vgic_set_line(&vm.hyp, ctx, 16 + (word >> 8) % 112, word >> 3 & 1);
            break;
        case 1:
            gicv_iar(&fake.gich[word & 1]);
            break;
        case 2:
            gicv_eoir(&fake.gich[word & 1], word >> 8 & 0x1fff);
            break;
        default:
            test_gicd(ctx, word >> 8 & 0xfff, 1u << (word >> 3) % 3, word >> 5 & 1, take(input));
            break;
        }
        vgic_flush(ctx);
        check_list_registers(&vm);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size_bytes)
{
    struct input input = {data + 1, size_bytes ? size_bytes - 1 : 0};

    if (size_bytes == 0) {
        return 0;
    }
    switch (data[0] % 3) {
    case 0:
        fuzz_trap(&input);
        break;
    case 1:
        fuzz_insn(&input);
        break;
    default:
        fuzz_distributor(&input);
        break;
    }
    return 0;
}
