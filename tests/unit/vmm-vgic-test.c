/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The vGIC rule by rule.  Numbers are those of IHI 0048B 4.3 (distributor) and 5.3 (list
 * registers); four list registers.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "armv7/gicv2.h"
#include "vmm-vm.h"

static struct test_vm vm;
static struct hypctx *const cpu0 = &vm.hyp.vcpu[0], *const cpu1 = &vm.hyp.vcpu[1];

/* Two vCPUs, both loaded, distributor on, all SPIs enabled at CPU 0. */
static int setup(void **state)
{
    test_vm_create(&vm, 2);
    test_vm_load(&vm, 1);
    test_vm_load(&vm, 0);
    test_gicd_write(cpu0, GICD_CTLR, 1);
    test_gicd_write(cpu0, GICD_ISENABLER, 0xffff0000);
    for (unsigned n = 1; n < 4; n++) {
        test_gicd_write(cpu0, GICD_ISENABLER + 4 * n, 0xffffffff);
    }
    for (unsigned n = 8; n < 32; n++) {
        test_gicd_write(cpu0, GICD_ITARGETSR + 4 * n, 0x01010101);
    }
    fake.gich[0].vmcr = fake.gich[1].vmcr = 0xf8000001;
    return 0;
}

static uint32_t lr(unsigned index)
{
    return fake.gich[0].lr[index];
}

static void test_identification_registers(void **state)
{
    assert_int_equal(test_gicd_read(cpu0, GICD_TYPER), 0x23); /* 128 interrupts, 2 CPUs */
    assert_int_equal(test_gicd_read(cpu0, GICD_IIDR), 0x0200143b);
    assert_int_equal(test_gicd_read(cpu0, 0xfe8), 0x2b);
    assert_int_equal(test_gicd_read(cpu0, GICD_CTLR), 1);
    assert_int_equal(test_gicd_read(cpu0, 0xff0), 0);
}

static void test_private_registers_are_each_cpus_own(void **state)
{
    test_gicd_write(cpu0, GICD_ICENABLER, 1u << 20);
    fake.cpu = 1;
    test_gicd_write(cpu1, GICD_ISENABLER, 1u << 20);
    assert_int_equal(test_gicd_read(cpu1, GICD_ISENABLER), 0x0010ffff);
    assert_int_equal(test_gicd_read(cpu1, GICD_ITARGETSR), 0x02020202);
    fake.cpu = 0;
    assert_int_equal(test_gicd_read(cpu0, GICD_ISENABLER), 0xffefffff);
    assert_int_equal(test_gicd_read(cpu0, GICD_ITARGETSR + 28), 0x01010101);
}

static void test_priorities_have_five_bits_and_bytes(void **state)
{
    test_gicd_write(cpu0, GICD_IPRIORITYR + 32, 0xff07a13c);
    assert_int_equal(test_gicd_read(cpu0, GICD_IPRIORITYR + 32), 0xf800a038);
    test_gicd(cpu0, GICD_IPRIORITYR + 33, 1, true, 0x57);
    assert_int_equal(test_gicd_read(cpu0, GICD_IPRIORITYR + 32), 0xf8005038);
    assert_int_equal(test_gicd(cpu0, GICD_IPRIORITYR + 33, 1, false, 0), 0x50);
}

static void test_configuration_of_private_interrupts_is_fixed(void **state)
{
    test_gicd_write(cpu0, GICD_ICFGR, 0);
    test_gicd_write(cpu0, GICD_ICFGR + 4, 0xffffffff);
    test_gicd_write(cpu0, GICD_ICFGR + 8, 0xffffffff);
    assert_int_equal(test_gicd_read(cpu0, GICD_ICFGR), 0xaaaaaaaa);
    assert_int_equal(test_gicd_read(cpu0, GICD_ICFGR + 4), 0);
    assert_int_equal(test_gicd_read(cpu0, GICD_ICFGR + 8), 0xaaaaaaaa);
}

static void test_odd_sizes_read_zero_and_write_nothing(void **state)
{
    assert_int_equal(test_gicd(cpu0, GICD_ISENABLER, 1, false, 0), 0);
    assert_int_equal(test_gicd(cpu0, GICD_ISENABLER + 2, 4, false, 0), 0);
    assert_int_equal(test_gicd(cpu0, GICD_IPRIORITYR, 2, false, 0), 0);
    test_gicd(cpu0, GICD_CTLR, 2, true, 0);
    assert_int_equal(test_gicd_read(cpu0, GICD_CTLR), 1);
    test_gicd_write(cpu0, GICD_TYPER, 0);
}

/* 5.3.13: pending in [29:28], priority in [27:23], EOI in [19] for a level. */
static void test_a_level_goes_into_a_list_register(void **state)
{
    test_gicd(cpu0, GICD_IPRIORITYR + 40, 1, true, 0xa0);
    vgic_set_line(&vm.hyp, NULL, 40, true);
    vgic_flush(cpu0);
    assert_int_equal(lr(0), 0x1a080028);
    assert_int_equal(lr(1), 0);
    assert_int_equal(fake.gich[0].hcr, 1);
}

static void test_a_level_that_stays_comes_again_and_one_that_falls_does_not(void **state)
{
    vgic_set_line(&vm.hyp, NULL, 40, true);
    vgic_flush(cpu0);
    assert_int_equal(gicv_iar(&fake.gich[0]), 40);
    gicv_eoir(&fake.gich[0], 40);
    assert_true(gicv_maintenance(&fake.gich[0]));
    cpu0->vgic.changed = true;
    vgic_flush(cpu0);
    assert_int_equal(gicv_iar(&fake.gich[0]), 40);
    vgic_set_line(&vm.hyp, NULL, 40, false);
    vgic_flush(cpu0);
    gicv_eoir(&fake.gich[0], 40);
    cpu0->vgic.changed = true;
    vgic_flush(cpu0);
    assert_int_equal(gicv_iar(&fake.gich[0]), 1023);
}

static void test_an_edge_comes_once(void **state)
{
    test_gicd_write(cpu0, GICD_ICFGR + 8, 2u << 16);
    vgic_set_line(&vm.hyp, NULL, 40, true);
    vgic_set_line(&vm.hyp, NULL, 40, true);
    vgic_flush(cpu0);
    assert_int_equal(lr(0), 0x10000028);
    assert_int_equal(gicv_iar(&fake.gich[0]), 40);
    gicv_eoir(&fake.gich[0], 40);
    assert_false(gicv_maintenance(&fake.gich[0]));
    vgic_sync(cpu0);
    assert_false(vgic_has_pending(cpu0));
}

static void test_two_senders_of_an_sgi_come_one_after_the_other(void **state)
{
    test_gicd_write(cpu0, GICD_SGIR, 2u << 24 | 3);
    fake.cpu = 1;
    test_gicd_write(cpu1, GICD_SGIR, 1u << 16 | 3);
    fake.cpu = 0;
    assert_int_equal(test_gicd_read(cpu0, GICD_SPENDSGIR), 0x03000000);
    vgic_flush(cpu0);
    assert_int_equal(lr(0), 0x10080003);
    assert_int_equal(gicv_iar(&fake.gich[0]), 3);
    cpu0->vgic.changed = true;
    vgic_flush(cpu0);
    assert_int_equal(lr(0), 0x20080003); /* active only: the sender would get lost */
    gicv_eoir(&fake.gich[0], 3);
    assert_true(gicv_maintenance(&fake.gich[0]));
    cpu0->vgic.changed = true;
    vgic_flush(cpu0);
    assert_int_equal(gicv_iar(&fake.gich[0]), 1u << 10 | 3);
}

static void test_an_sgi_kicks_the_vcpu_that_runs(void **state)
{
    cpu1->in_guest = true;
    test_gicd_write(cpu0, GICD_SGIR, 1u << 24 | 1);
    assert_int_equal(fake.kick_count[1], 1);
    assert_int_equal(fake.kick_count[0], 0);
    cpu1->in_guest = false;
}

/* Six pending for four list registers: the four most urgent ones go first, and GICH_HCR.NPIE tells
 * when more can come. */
static void test_more_pending_than_list_registers(void **state)
{
    for (unsigned i = 0; i < 6; i++) {
        test_gicd(cpu0, GICD_IPRIORITYR + 40 + i, 1, true, 0x80 - 8 * i);
        vgic_set_line(&vm.hyp, NULL, 40 + i, true);
    }
    vgic_flush(cpu0);
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(GICH_LR_GET(lr(i), VIRTUALID), 45 - i);
    }
    assert_int_equal(fake.gich[0].hcr, 0x9);
}

/* Five nested interrupts: the outermost has no list register when its end comes. */
static void test_more_active_than_list_registers(void **state)
{
    for (unsigned i = 0; i < 6; i++) {
        test_gicd_write(cpu0, GICD_ICFGR + 8, 0xaaaaaaaa);
        test_gicd(cpu0, GICD_IPRIORITYR + 40 + i, 1, true, 0x80 - 8 * i);
        vgic_set_line(&vm.hyp, NULL, 40 + i, true);
        vgic_flush(cpu0);
        assert_int_equal(gicv_iar(&fake.gich[0]), 40 + i);
        cpu0->vgic.changed = true;
        vgic_flush(cpu0);
    }
    assert_int_equal(fake.gich[0].hcr, 0x5); /* LRENPIE */
    for (unsigned i = 6; i-- > 0;) {
        gicv_eoir(&fake.gich[0], 40 + i);
        if (gicv_maintenance(&fake.gich[0])) {
            cpu0->vgic.changed = true;
            vgic_flush(cpu0);
        }
    }
    assert_int_equal(test_gicd_read(cpu0, GICD_ISACTIVER + 4), 0);
    assert_int_equal(fake.gich[0].apr, 0);
}

/* HW in [31], the physical number in [19:10]. */
static void test_the_timer_is_linked_to_the_physical_interrupt(void **state)
{
    arch_irq_set_active(27, true);
    vgic_set_hw_pending(cpu0, 27);
    vgic_flush(cpu0);
    assert_int_equal(lr(0), 0x90006c1b);
    gicv_iar(&fake.gich[0]);
    gicv_eoir(&fake.gich[0], 27);
    assert_int_equal(fake.irq_active[0], 0);
}

static void test_the_link_is_given_up_while_the_vcpu_is_away(void **state)
{
    arch_irq_set_active(27, true);
    vgic_set_hw_pending(cpu0, 27);
    vgic_flush(cpu0);
    gicv_iar(&fake.gich[0]);
    vgic_put(cpu0);
    assert_int_equal(fake.irq_active[0], 0);
    assert_int_equal(cpu0->vgic.apr, 1);
    vgic_load(cpu0);
    assert_int_equal(fake.irq_active[0], 1u << 27);
    vgic_flush(cpu0);
    assert_int_equal(lr(0), 0xa0006c1b); /* active */
}

static void test_clearing_pending_and_active_ends_the_link(void **state)
{
    arch_irq_set_active(27, true);
    vgic_set_hw_pending(cpu0, 27);
    test_gicd_write(cpu0, GICD_ICPENDR, 1u << 27);
    assert_int_equal(fake.irq_active[0], 0);
    arch_irq_set_active(27, true);
    vgic_set_hw_pending(cpu0, 27);
    vgic_flush(cpu0);
    gicv_iar(&fake.gich[0]);
    assert_int_equal(test_gicd_read(cpu0, GICD_ISACTIVER), 1u << 27);
    test_gicd_write(cpu0, GICD_ICACTIVER, 1u << 27);
    assert_int_equal(fake.irq_active[0], 0);
}

/* While another vCPU holds it, an interrupt reads as it was put there and that vCPU is kicked;
 * clearing it takes effect when that one comes back. */
static void test_an_interrupt_in_another_vcpus_list_register(void **state)
{
    vgic_set_line(&vm.hyp, NULL, 40, true);
    vgic_flush(cpu0);
    vgic_set_line(&vm.hyp, NULL, 40, false);
    cpu0->in_guest = true;
    fake.cpu = 1;
    assert_int_equal(test_gicd_read(cpu1, GICD_ISPENDR + 4), 1u << 8);
    assert_int_equal(test_gicd_read(cpu1, GICD_ISACTIVER + 4), 0);
    assert_int_equal(fake.kick_count[0], 2);
    test_gicd_write(cpu1, GICD_ISACTIVER + 4, 1u << 8); /* not ours to make active */
    test_gicd_write(cpu1, GICD_ICPENDR + 4, 1u << 8);
    cpu0->in_guest = false;
    fake.cpu = 0;
    vgic_sync(cpu0);
    assert_int_equal(test_gicd_read(cpu0, GICD_ISPENDR + 4), 0);

    vgic_set_line(&vm.hyp, NULL, 41, true);
    vgic_flush(cpu0);
    gicv_iar(&fake.gich[0]);
    fake.cpu = 1;
    test_gicd_write(cpu1, GICD_ICACTIVER + 4, 1u << 9);
    fake.cpu = 0;
    vgic_sync(cpu0);
    assert_int_equal(test_gicd_read(cpu0, GICD_ISACTIVER + 4), 0);
}

static void test_an_spi_with_two_targets_goes_to_one(void **state)
{
    test_gicd(cpu0, GICD_ITARGETSR + 40, 1, true, 3);
    vgic_set_line(&vm.hyp, NULL, 40, true);
    vgic_flush(cpu0);
    fake.cpu = 1;
    vgic_flush(cpu1);
    assert_int_equal(GICH_LR_GET(lr(0), VIRTUALID), 40);
    assert_int_equal(fake.gich[1].lr[0], 0);
}

/* A guest restores state with ISACTIVER: the interrupt must not come before it is ended. */
static void test_active_by_software(void **state)
{
    test_gicd_write(cpu0, GICD_ISACTIVER + 4, 1u << 8);
    vgic_set_line(&vm.hyp, NULL, 40, true);
    vgic_flush(cpu0);
    assert_int_equal(lr(0), 0x20080028); /* active; its end brings the pending one */
    assert_int_equal(gicv_iar(&fake.gich[0]), 1023);
    test_gicd_write(cpu0, GICD_ICACTIVER + 4, 1u << 8);
    vgic_flush(cpu0);
    assert_int_equal(gicv_iar(&fake.gich[0]), 40);
}

static void test_groups(void **state)
{
    test_gicd_write(cpu0, GICD_IGROUPR + 4, 1u << 8);
    assert_int_equal(test_gicd_read(cpu0, GICD_IGROUPR + 4), 1u << 8);
    vgic_set_line(&vm.hyp, NULL, 40, true);
    vgic_flush(cpu0);
    assert_int_equal(lr(0), 0); /* group 1 is off */
    test_gicd_write(cpu0, GICD_CTLR, 7);
    assert_int_equal(test_gicd_read(cpu0, GICD_CTLR), 3);
    vgic_flush(cpu0);
    assert_int_equal(lr(0), 0x50080028);
    assert_false(vgic_has_pending(cpu0)); /* GICV_CTLR.EnableGrp1 is not set */
    fake.gich[0].vmcr |= 2;
    assert_true(vgic_has_pending(cpu0));
}

static void test_the_priority_mask_decides_what_wakes(void **state)
{
    test_gicd(cpu0, GICD_IPRIORITYR + 40, 1, true, 0x80);
    vgic_set_line(&vm.hyp, NULL, 40, true);
    assert_true(vgic_has_pending(cpu0));
    fake.gich[0].vmcr = 0x80000001;
    assert_false(vgic_has_pending(cpu0));
    vgic_put(cpu0);
    cpu0->cpu = -1;
    cpu0->vgic.vmcr = 0x88000001;
    assert_true(vgic_has_pending(cpu0));
}

/* What exits cost: nothing changed, nothing is read or written. */
static void test_no_change_no_access(void **state)
{
    vgic_set_line(&vm.hyp, NULL, 40, true);
    vgic_flush(cpu0);
    fake.gich_access_count = 0;
    vgic_flush(cpu0);
    assert_int_equal(fake.gich_access_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_identification_registers, setup),
        cmocka_unit_test_setup(test_private_registers_are_each_cpus_own, setup),
        cmocka_unit_test_setup(test_priorities_have_five_bits_and_bytes, setup),
        cmocka_unit_test_setup(test_configuration_of_private_interrupts_is_fixed, setup),
        cmocka_unit_test_setup(test_odd_sizes_read_zero_and_write_nothing, setup),
        cmocka_unit_test_setup(test_a_level_goes_into_a_list_register, setup),
        cmocka_unit_test_setup(test_a_level_that_stays_comes_again_and_one_that_falls_does_not,
                               setup),
        cmocka_unit_test_setup(test_an_edge_comes_once, setup),
        cmocka_unit_test_setup(test_two_senders_of_an_sgi_come_one_after_the_other, setup),
        cmocka_unit_test_setup(test_an_sgi_kicks_the_vcpu_that_runs, setup),
        cmocka_unit_test_setup(test_more_pending_than_list_registers, setup),
        cmocka_unit_test_setup(test_more_active_than_list_registers, setup),
        cmocka_unit_test_setup(test_the_timer_is_linked_to_the_physical_interrupt, setup),
        cmocka_unit_test_setup(test_the_link_is_given_up_while_the_vcpu_is_away, setup),
        cmocka_unit_test_setup(test_clearing_pending_and_active_ends_the_link, setup),
        cmocka_unit_test_setup(test_an_interrupt_in_another_vcpus_list_register, setup),
        cmocka_unit_test_setup(test_an_spi_with_two_targets_goes_to_one, setup),
        cmocka_unit_test_setup(test_active_by_software, setup),
        cmocka_unit_test_setup(test_groups, setup),
        cmocka_unit_test_setup(test_the_priority_mask_decides_what_wakes, setup),
        cmocka_unit_test_setup(test_no_change_no_access, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
