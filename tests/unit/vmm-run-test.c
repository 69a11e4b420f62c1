/* SPDX-License-Identifier: BSD-2-Clause */
/* The run loop: what each trap does to a vCPU; and the life of a VM. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "armv7/gicv2.h"
#include "vmm-guest.h"

/* ---- Start and registers ---- */

static void test_a_vcpu_starts_as_psci_says(void **state)
{
    run();
    assert_int_equal(reg(VM_REG_PC), ENTRY + 4);
    assert_int_equal(reg(VM_REG_CPSR), 0x1d3);
    assert_int_equal(reg(VM_REG_R0 + 1), 0x1234);
    assert_int_equal(reg(VM_REG_R0 + 2), 0x5678);
    assert_int_equal(reg(VM_REG_SCTLR), 0x00c50078);
    assert_int_equal(vcpu_boot(ctx, ENTRY, 0, 0, 0), VMM_EBUSY);
}

static void test_registers_in_hardware_are_fetched_and_put_back(void **state)
{
    run();
    fake.hw[0].regs.sp[BANK_IRQ] = 0x1111;
    assert_int_equal(reg(VM_REG_SP_USR + BANK_IRQ), 0x1111);
    assert_int_equal(vm_set_register(ctx, VM_REG_TTBR0, 0x1122334455ull), VMM_OK);
    assert_int_equal(vm_set_register(ctx, VM_REG_R8_FIQ + 4, 7), VMM_OK);
    run();
    assert_int_equal(fake.hw[0].sys.ttbr0, 0x1122334455ull);
    assert_int_equal(fake.hw[0].regs.r_fiq[4], 7);
    assert_int_equal(fake.hw[0].regs.sp[BANK_IRQ], 0x1111);
    assert_int_equal(vm_get_register(ctx, VM_REG_SPSR_USR, &(uint64_t) {0}), VMM_EINVAL);
    assert_int_equal(vm_set_register(ctx, VM_REG_COUNT, 0), VMM_EINVAL);
    ctx->in_guest = true;
    assert_int_equal(vm_set_register(ctx, VM_REG_PC, 0), VMM_EBUSY);
    ctx->in_guest = false;
}

static void test_put_takes_the_vcpu_off_the_cpu(void **state)
{
    run();
    fake.hw[0].virt.cval = 99;
    vcpu_put(ctx);
    vcpu_put(ctx);
    assert_int_equal(ctx->cpu, -1);
    assert_int_equal(ctx->vtimer.virt.cval, 99);
    assert_null(vm.vmids.running[0]);
    run();
    assert_int_equal(fake.hw[0].virt.cval, 99);
}

/* ---- Coprocessor registers ---- */

static void test_id_registers_are_masked(void **state)
{
    add(HSR_MRC(0u, 0, 1, 1, 4), 0);
    add(HSR_MRC(0u, 0, 1, 2, 5), 0);
    add(HSR_MRC(0u, 0, 1, 4, 6), 0);
    add(HSR_MRC(0u, 0, 2, 5, 7), 0);
    add(HSR_MRC(0u, 0, 7, 0, 8), 0);
    add(HSR_MRC(0u, 0, 1, 0, 9), 0);
    run();
    assert_int_equal(ctx->regs.r[4], 0xffff0f0e); /* ID_PFR1 without [15:12], [7:4]; ~0x11 */
    assert_int_equal(ctx->regs.r[5], 0);          /* ID_DFR0 */
    assert_int_equal(ctx->regs.r[6], 0xffffffeb);
    assert_int_equal(ctx->regs.r[7], 0xffffffda);
    assert_int_equal(ctx->regs.r[8], 0);
    assert_int_equal(ctx->regs.r[9], 0xffff0fef); /* ID_PFR0 without [15:12] */
    assert_int_equal(ctx->regs.pc, ENTRY + 4 * 6 + 4);
}

static void test_actlr_and_l2ctlr(void **state)
{
    add(HSR_MRC(1u, 0, 0, 1, 4), 0);
    add(HSR_MCR(1u, 0, 0, 1, 4), 0);
    add(HSR_MRC(9u, 1, 0, 2, 5), 0);
    add(HSR_MRC(9u, 0, 13, 0, 6), 0);
    run();
    assert_int_equal(ctx->regs.r[4], 0x40);
    assert_int_equal(ctx->regs.r[5], 0xfdff6efd); /* [25:24] = 1 of ~0x9102 */
    assert_int_equal(ctx->regs.r[6], 0);          /* PMCCNTR */
}

static void test_set_way_cleans_on_this_cpu(void **state)
{
    ctx->regs.r[4] = 0xe0000042;
    add(HSR_MCR(7u, 0, 6, 2, 4), 0);
    run();
    assert_int_equal(fake.set_way, 0xe0000042);
}

static void test_debug_registers_read_zero_and_flags_too(void **state)
{
    ctx->regs.r[4] = 1;
    ctx->regs.cpsr |= 0xf0000000;
    add((HSR_MRC(0u, 0, 0, 0, 4) & 0x03ffffff) | 5u << 26, 0);  /* DBGDIDR */
    add((HSR_MRC(0u, 0, 1, 0, 15) & 0x03ffffff) | 5u << 26, 0); /* DBGDSCRint to APSR_nzcv */
    add(0x33e00484, 0); /* MRRC p14, 0, r4, r1, c2 with CRm 2: a write, CV, AL */
    run();
    assert_int_equal(ctx->regs.r[4], 0);
    assert_int_equal(ctx->regs.cpsr, 0x1db); /* the last one is undefined: UND mode */
}

static void test_unknown_registers_are_undefined(void **state)
{
    add(HSR_MRC(11u, 0, 0, 0, 4), 0);
    run();
    assert_int_equal(ctx->regs.pc, 4 + 4); /* vector 4, then HVC */
    assert_int_equal(reg(VM_REG_LR_USR + BANK_UND), ENTRY + 4);
    assert_int_equal(reg(VM_REG_SPSR_USR + BANK_UND), 0x1d3);
    assert_int_equal(ctx->regs.cpsr, 0x1db);
}

/* CNTP_TVAL is signed, CNTP_CTL shows ISTATUS, CNTP_CVAL is 64 bits.  B8.1.5 */
static void test_the_physical_timer_is_emulated(void **state)
{
    fake.counter = 5000;
    ctx->regs.r[4] = (uint32_t)-100;
    ctx->regs.r[5] = 3;
    add(HSR_MCR(14u, 0, 2, 0, 4), 0);
    add(HSR_MCR(14u, 0, 2, 1, 5), 0);
    add(HSR_MRC(14u, 0, 2, 1, 6), 0);
    add(HSR_MRC(14u, 0, 2, 0, 7), 0);
    add(0x13e2251d, 0); /* MRRC p15, 2, r8, r9, c14 */
    run();
    assert_int_equal(ctx->regs.r[6], 7);
    assert_int_equal((int32_t)ctx->regs.r[7], -100);
    assert_int_equal(ctx->regs.r[8], 4900);
    assert_int_equal(ctx->regs.r[9], 0);
    assert_false(vgic_has_pending(ctx)); /* masked by IMASK */
}

static void test_the_physical_timer_raises_its_line_when_due(void **state)
{
    fake.counter = 100;
    ctx->vtimer.phys = (struct timer_regs) {1, 500};
    run();
    assert_int_equal(fake.timer_deadline[0], 500);
    assert_int_equal(ctx->vgic.irq[30].line, false);
    fake.counter = 500;
    fake.irq = GICV2_PPI_HYP_TIMER;
    add(IRQ, 0);
    run();
    assert_int_equal(ctx->vgic.irq[30].line, true);
    assert_int_equal(fake.timer_deadline[0], 1000); /* the slice is next */
}

/* ---- Floating point, conditions, calls ---- */

static void test_first_floating_point_instruction_loads_the_registers(void **state)
{
    add(0x1fe0000a, 0);
    run();
    assert_true(ctx->vfp_loaded);
    assert_int_equal(ctx->regs.pc, ENTRY + 4); /* it is executed again, then HVC */
    add(0x1fe00005, 0); /* coprocessor 5 */
    run();
    assert_int_equal(ctx->regs.pc, 4 + 4);
}

static void test_failed_conditions_and_unknown_exits(void **state)
{
    add(0x07000000, 0); /* WFI EQ, Z clear */
    add(0x02000000, 0); /* unknown reason */
    run();
    assert_int_equal(reg(VM_REG_LR_USR + BANK_UND), ENTRY + 8);
}

static uint32_t psci(uint32_t hsr, uint32_t function, uint32_t a, uint32_t b, uint32_t c)
{
    ctx->regs.r[0] = function;
    ctx->regs.r[1] = a;
    ctx->regs.r[2] = b;
    ctx->regs.r[3] = c;
    add(hsr, 0);
    run();
    return ctx->regs.r[0];
}

static void test_psci_versions_and_features(void **state)
{
    uint32_t pc = ENTRY;

    assert_int_equal(psci(HVC_0, 0x84000000, 0, 0, 0), 0x10000);
    assert_int_equal(ctx->regs.pc, pc += 8);
    assert_int_equal(psci(SMC, 0x80000000, 0, 0, 0), 0x10001);
    assert_int_equal(ctx->regs.pc, pc += 8); /* the SMC is skipped */
    assert_int_equal(psci(HVC_0, 0x80000001, 0x80000000, 0, 0), 0);
    assert_int_equal(psci(HVC_0, 0x80000001, 0x80008000, 0, 0), (uint32_t)-1);
    assert_int_equal(psci(HVC_0, 0x8400000a, 0x84000003, 0, 0), 0);
    assert_int_equal(psci(HVC_0, 0x8400000a, 0x80000000, 0, 0), 0);
    assert_int_equal(psci(HVC_0, 0x8400000a, 0x84000011, 0, 0), (uint32_t)-1);
    assert_int_equal(psci(HVC_0, 0x84000006, 0, 0, 0), 2);
}

static void test_psci_cpu_on(void **state)
{
    struct hypctx *other = &vm.hyp.vcpu[1];

    assert_int_equal(psci(HVC_0, 0x84000004, 1, 0, 0), 1); /* off */
    assert_int_equal(psci(HVC_0, 0x84000003, 1, 0x40010001, 0xcafe), 0);
    assert_int_equal(other->regs.pc, 0x40010000);
    assert_int_equal(other->regs.cpsr, 0x1f3); /* Thumb */
    assert_int_equal(other->regs.r[0], 0xcafe);
    assert_int_equal(psci(HVC_0, 0x84000003, 1, 0, 0), (uint32_t)-4);
    assert_int_equal(psci(HVC_0, 0x84000003, 2, 0, 0), (uint32_t)-2);
    assert_int_equal(psci(HVC_0, 0x84000003, 0x80000000, 0, 0), (uint32_t)-2);
    assert_int_equal(psci(HVC_0, 0x84000004, 1, 0, 0), 0);
    assert_int_equal(psci(HVC_0, 0x84000004, 1, 1, 0), (uint32_t)-2);
}

static void test_psci_off_and_reset(void **state)
{
    ctx->regs.r[0] = 0x84000002;
    add(HVC_0, 0);
    assert_int_equal(vcpu_run(ctx, 0, 1000).code, VM_EXIT_OFF);
    assert_int_equal(ctx->cpu, -1);
    assert_int_equal(vcpu_boot(ctx, ENTRY, 0x84000008, 0, 0), VMM_OK);
    add(HVC_0, 0);
    assert_int_equal(vcpu_run(ctx, 0, 1000).code, VM_EXIT_SYSTEM_OFF);
    vm.hyp.power = VM_RUNNING;
    ctx->regs.r[0] = 0x84000009;
    add(SMC, 0);
    assert_int_equal(vcpu_run(ctx, 0, 1000).code, VM_EXIT_SYSTEM_RESET);
}

static void test_unknown_calls_leave_with_not_supported(void **state)
{
    ctx->regs.r[0] = 0x12345678;
    add(HVC_0, 0);
    assert_int_equal(vcpu_run(ctx, 0, 1000).code, VM_EXIT_HVC);
    assert_int_equal(ctx->regs.r[0], (uint32_t)-1);
    add(SMC, 0);
    assert_int_equal(vcpu_run(ctx, 0, 1000).code, VM_EXIT_SMC);
}

/* ---- Interrupts and waiting ---- */

static void test_wfi_waits_only_if_nothing_is_pending(void **state)
{
    struct vm_exit exit;

    add(WFI, 0);
    exit = vcpu_run(ctx, 0, 1000);
    assert_int_equal(exit.code, VM_EXIT_WFI);
    assert_int_equal(ctx->regs.pc, ENTRY + 4);
    fake.gich[0].vmcr = 0xf8000001;
    test_gicd_write(ctx, GICD_CTLR, 1);
    test_gicd_write(ctx, GICD_SGIR, 2u << 24);
    add(WFI, 0);
    run();
    add(WFE, 0);
    assert_int_equal(vcpu_run(ctx, 0, 1000).code, VM_EXIT_WFE);
}

static void test_cpu_suspend_waits_too(void **state)
{
    ctx->regs.r[0] = 0x84000001;
    add(HVC_0, 0);
    assert_int_equal(vcpu_run(ctx, 0, 1000).code, VM_EXIT_WFI);
    assert_int_equal(ctx->regs.r[0], 0);
}

static void test_the_virtual_timer_reaches_the_guest(void **state)
{
    test_gicd_write(ctx, GICD_CTLR, 1);
    test_gicd_write(ctx, GICD_ISENABLER, 1u << 27);
    fake.irq = GICV2_PPI_VIRT_TIMER;
    add(IRQ, 0);
    run();
    assert_int_equal(fake.gich[0].lr[0], 0x90006c1b);
}

static void test_maintenance_refills(void **state)
{
    run();
    assert_false(ctx->vgic.changed);
    fake.irq = GICV2_PPI_MAINTENANCE;
    add(IRQ, 0);
    run();
    assert_false(ctx->vgic.changed);
}

static void test_the_slice_ends_and_other_interrupts_leave(void **state)
{
    struct vm_exit exit;

    fake.irq = GICV2_PPI_HYP_TIMER;
    fake.counter = 1000;
    add(IRQ, 0);
    assert_int_equal(vcpu_run(ctx, 0, 1000).code, VM_EXIT_PREEMPTED);
    add(IRQ, 0); /* spurious: goes on */
    run();
    fake.irq = 85;
    add(IRQ, 0);
    exit = vcpu_run(ctx, 0, 2000);
    assert_int_equal(exit.code, VM_EXIT_IRQ);
    assert_int_equal(exit.u.irq.intid, 85);
}

static void test_deadlines_of_a_vcpu_that_is_away(void **state)
{
    assert_int_equal(vtimer_deadline(ctx), UINT64_MAX);
    vm.hyp.cntvoff = 50;
    ctx->vtimer.virt = (struct timer_regs) {1, 100};
    assert_int_equal(vtimer_deadline(ctx), 150);
    ctx->vtimer.phys = (struct timer_regs) {1, 120};
    assert_int_equal(vtimer_deadline(ctx), 120);
    ctx->vtimer.phys.ctl = 3;
    ctx->vtimer.virt.ctl = 3;
    assert_int_equal(vtimer_deadline(ctx), UINT64_MAX);
}

/* ---- Life of a VM ---- */

static void test_bad_configurations(void **state)
{
    struct vm_config config = {.vcpu_count = 9, .lr_count = 4, .table_page_count = 8};
    static struct hyp other;

    config.table_memory = fake_ram(0);
    assert_int_equal(vm_create(&other, &config), VMM_EINVAL);
    config.vcpu_count = 0;
    assert_int_equal(vm_create(&other, &config), VMM_EINVAL);
    config.vcpu_count = 1;
    config.lr_count = 17;
    assert_int_equal(vm_create(&other, &config), VMM_EINVAL);
    config.lr_count = 0;
    assert_int_equal(vm_create(&other, &config), VMM_EINVAL);
    config.lr_count = 4;
    config.table_page_count = 1;
    assert_int_equal(vm_create(&other, &config), VMM_EINVAL);
}

static void test_a_full_scheduler_refuses_the_vm(void **state)
{
    static struct hypctx others[SCHED_VCPU_MAX - 3];
    static struct hyp hyp;
    struct page_pool pool;
    struct vm_config config = {
        .vcpu_count = 2, .lr_count = 4, .table_page_count = 8, .pool = &pool, .sched = &vm.sched,
    };

    config.table_memory = fake_ram(8 << 20);
    for (size_t i = 0; i < SCHED_VCPU_MAX - 3; i++) {
        assert_int_equal(sched_add(&vm.sched, &others[i]), VMM_OK);
    }
    assert_int_equal(vm_create(&hyp, &config), VMM_ENOMEM);
    assert_int_equal(vm.sched.count, SCHED_VCPU_MAX - 1);
}

static void test_destroying_gives_everything_back(void **state)
{
    run();
    vcpu_put(ctx);
    vm_destroy(&vm.hyp);
    assert_int_equal(vm.pool.free_count, 30);
    assert_int_equal(vm.sched.count, 0);
}

static void test_devices_do_not_overlap(void **state)
{
    struct mmio_region region = {.base = ipa_init(DEVICE + 0x800), .size_bytes = 0x1000};

    assert_int_equal(vm_add_device(&vm.hyp, region), VMM_EEXIST);
    region.base = ipa_init(DEVICE - 0x800);
    assert_int_equal(vm_add_device(&vm.hyp, region), VMM_EEXIST);
    region.size_bytes = 0;
    assert_int_equal(vm_add_device(&vm.hyp, region), VMM_EINVAL);
    region.base = ipa_init(1ull << 40);
    region.size_bytes = 1;
    assert_int_equal(vm_add_device(&vm.hyp, region), VMM_EINVAL);
    region = (struct mmio_region) {.base = ipa_init(UINT64_MAX), .size_bytes = 2};
    assert_int_equal(vm_add_device(&vm.hyp, region), VMM_EINVAL);
    for (unsigned i = 0; i < MMIO_REGION_MAX - 2; i++) {
        region = (struct mmio_region) {
            .base = ipa_init(0x20000000 - 0x1000 * i), .size_bytes = 0x1000, .handler = device,
        };
        assert_int_equal(vm_add_device(&vm.hyp, region), VMM_OK);
    }
    region.base = ipa_init(0x50000000);
    assert_int_equal(vm_add_device(&vm.hyp, region), VMM_ENOMEM);
    assert_ptr_equal(mmio_find(&vm.hyp.mmio, ipa_init(0x1fffe004))->handler, device);
    assert_null(mmio_find(&vm.hyp.mmio, ipa_init(0x20001000)));
}

static void test_interrupt_lines_have_numbers(void **state)
{
    assert_int_equal(vm_assert_irq(&vm.hyp, 31, true), VMM_EINVAL);
    assert_int_equal(vm_assert_irq(&vm.hyp, 128, true), VMM_EINVAL);
    assert_int_equal(vm_assert_irq(&vm.hyp, 127, true), VMM_OK);
    assert_true(vm.hyp.vgic.irq[95].line);
}

static void test_exits_are_counted(void **state)
{
    uint64_t exits[VM_EXIT_CODE_COUNT];

    add(LDR_R3, DEVICE);
    run();
    vm_stats(ctx, exits);
    assert_int_equal(exits[VM_EXIT_ABORT], 1);
    assert_int_equal(exits[VM_EXIT_HVC], 1);
    assert_int_equal(exits[VM_EXIT_WFI], 0);
}

/* More VMs than VMIDs: the 256th flushes. */
static void test_the_rollover_of_vmids_flushes_once(void **state)
{
    memset(vm.vmids.used, 0xff, sizeof(vm.vmids.used));
    run();
    assert_int_equal(fake.flush_all_count, 1);
    assert_int_equal(vm.hyp.s2.vmid, 1);
}

static void test_memory_is_copied_across_leaves(void **state)
{
    static uint8_t from[0x3000], to[0x3000];

    memset(from, 0x3c, sizeof(from));
    assert_int_equal(vm_map(&vm.hyp, ipa_init(TEST_RAM + TEST_RAM_SIZE),
                            pa_init(FAKE_RAM_BASE + 0x8000), 0x1000, S2_RWX), VMM_OK);
    assert_true(guest_mem_write(&vm.hyp, ipa_init(TEST_RAM + TEST_RAM_SIZE - 0x1800), from, 0x2000));
    assert_true(guest_mem_read(&vm.hyp, ipa_init(TEST_RAM + TEST_RAM_SIZE - 0x1800), to, 0x2000));
    assert_memory_equal(from, to, 0x2000);
    assert_false(guest_mem_read(&vm.hyp, ipa_init(TEST_RAM + TEST_RAM_SIZE - 0x1800), to, 0x3000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_vcpu_starts_as_psci_says),
        TEST(registers_in_hardware_are_fetched_and_put_back),
        TEST(put_takes_the_vcpu_off_the_cpu),
        TEST(id_registers_are_masked),
        TEST(actlr_and_l2ctlr),
        TEST(set_way_cleans_on_this_cpu),
        TEST(debug_registers_read_zero_and_flags_too),
        TEST(unknown_registers_are_undefined),
        TEST(the_physical_timer_is_emulated),
        TEST(the_physical_timer_raises_its_line_when_due),
        TEST(first_floating_point_instruction_loads_the_registers),
        TEST(failed_conditions_and_unknown_exits),
        TEST(psci_versions_and_features),
        TEST(psci_cpu_on),
        TEST(psci_off_and_reset),
        TEST(unknown_calls_leave_with_not_supported),
        TEST(wfi_waits_only_if_nothing_is_pending),
        TEST(cpu_suspend_waits_too),
        TEST(the_virtual_timer_reaches_the_guest),
        TEST(maintenance_refills),
        TEST(the_slice_ends_and_other_interrupts_leave),
        TEST(deadlines_of_a_vcpu_that_is_away),
        TEST(bad_configurations),
        TEST(a_full_scheduler_refuses_the_vm),
        TEST(destroying_gives_everything_back),
        TEST(devices_do_not_overlap),
        TEST(interrupt_lines_have_numbers),
        TEST(exits_are_counted),
        TEST(the_rollover_of_vmids_flushes_once),
        TEST(memory_is_copied_across_leaves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
