/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps and exits: what trace-semantics calls an exit, on event sequences written by hand.  Times
 * are in ns; every event also counts as many instructions on its CPU.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "hyptrace/lib/exits.h"

#define HCR_VM 1u
#define HVC_7  0x4a000007u /* EC 0x12, IL, imm16 7 */
#define WFI    0x06000000u /* EC 0x01, IL */

enum { MAX = 32, HOST = 0, VM1 = 0xbf800000, VM2 = 0xbf900000 };

struct fixture {
    HtVms *vms;
    HtExits *exits;
    uint32_t regs[4][HT_REG_COUNT];
    uint64_t seq;
    unsigned trap_count, exit_count;
    struct ht_trap traps[MAX];
    struct ht_exit ended[MAX];
};

static void keep_trap(void *opaque, const struct ht_trap *trap)
{
    struct fixture *f = opaque;

    assert_in_range(f->trap_count, 0, MAX - 1);
    f->traps[f->trap_count++] = *trap;
}

static void keep_exit(void *opaque, const struct ht_exit *exit)
{
    struct fixture *f = opaque;

    assert_in_range(f->exit_count, 0, MAX - 1);
    f->ended[f->exit_count++] = *exit;
}

static int setup(void **state)
{
    struct fixture *f = g_new0(struct fixture, 1);
    struct ht_exits_sink sink = {keep_trap, keep_exit, f};

    f->vms = ht_vms_new();
    f->exits = ht_exits_new(f->vms, &sink);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    ht_exits_free(f->exits);
    ht_vms_free(f->vms);
    g_free(f);
    return 0;
}

static void push(struct fixture *f, unsigned cpu, uint64_t time_ns, struct ht_event event)
{
    event.cpu = (uint8_t)cpu;
    event.time_ns = event.insns = time_ns;
    event.seq = f->seq++;
    event.regs = f->regs[cpu];
    ht_exits_push(f->exits, &event);
}

/* An exception return into the VM with these stage-2 tables (HOST: none) and this vCPU. */
static void enter(struct fixture *f, unsigned cpu, uint64_t time_ns, uint32_t base, unsigned vcpu)
{
    f->regs[cpu][HT_REG_HCR] = base ? HCR_VM : 0;
    f->regs[cpu][HT_REG_VTTBR] = base;
    f->regs[cpu][HT_REG_VMPIDR] = 0x80000000 | vcpu;
    push(f, cpu, time_ns, (struct ht_event) {.id = HT_EV_RETURN});
}

static void trap(struct fixture *f, unsigned cpu, uint64_t time_ns, uint32_t hsr)
{
    push(f, cpu, time_ns, (struct ht_event) {.id = HT_EV_ENTRY_SYNC, .hsr = hsr});
}

static void irq(struct fixture *f, unsigned cpu, uint64_t time_ns, unsigned depth)
{
    push(f, cpu, time_ns, (struct ht_event) {.id = HT_EV_ENTRY_IRQ, .depth = (uint8_t)depth});
}

static void ack(struct fixture *f, unsigned cpu, uint64_t time_ns, uint32_t iar)
{
    push(f, cpu, time_ns, (struct ht_event) {.id = HT_EV_GIC_ACK, .value = iar});
}

static void nested_return(struct fixture *f, unsigned cpu, uint64_t time_ns)
{
    push(f, cpu, time_ns, (struct ht_event) {.id = HT_EV_NESTED_RETURN});
}

static void test_trap_and_exit_of_one_vm(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 100, VM1, 0);
    trap(f, 0, 200, HVC_7);
    enter(f, 0, 250, VM1, 0);
    assert_int_equal(f->trap_count, 1);
    assert_int_equal(f->traps[0].cause.cls, HT_CLASS_HVC);
    assert_int_equal(f->traps[0].cause.detail, 7);
    assert_int_equal(f->traps[0].from.vm, 1);
    assert_true(f->traps[0].returned);
    assert_int_equal(f->traps[0].hyp.ns, 50);
    assert_int_equal(f->exit_count, 1);
    assert_int_equal(f->ended[0].away.ns, 50);
    assert_int_equal(f->ended[0].self.ns, 50);
    assert_int_equal(f->ended[0].trap.hyp.ns, 50);
    assert_int_equal(f->ended[0].trap.seq, 1);
    assert_int_equal(f->ended[0].seq_end, 2);
}

/* The first return of a trace ends nothing: its entry was not recorded. */
static void test_return_without_entry_is_no_exit(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 100, VM1, 0);
    assert_int_equal(f->exit_count, 0);
    assert_int_equal(f->trap_count, 0);
}

/* As KVM and bhyve do: entry, return to the PL1 host, its work, HVC, return to the VM. */
static void test_exit_holds_the_host_between(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    trap(f, 0, 1000, WFI);
    enter(f, 0, 1010, HOST, 0);
    trap(f, 0, 5000, HVC_7);
    enter(f, 0, 5020, VM1, 0);
    assert_int_equal(f->trap_count, 2);
    assert_int_equal(f->traps[0].hyp.ns, 10);
    assert_int_equal(f->traps[1].hyp.ns, 20);
    assert_int_equal(f->traps[1].from.vm, HT_VM_HOST);
    assert_int_equal(f->exit_count, 1);
    assert_int_equal(f->ended[0].trap.cause.cls, HT_CLASS_WFI);
    assert_int_equal(f->ended[0].trap.hyp.ns, 10);
    assert_int_equal(f->ended[0].away.ns, 4020);
    assert_int_equal(f->ended[0].self.ns, 4020);
}

/* As Xen does: VM 1 waits while VM 2 runs, traps and runs again. */
static void test_exit_holds_another_vm(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    trap(f, 0, 1000, WFI);
    enter(f, 0, 1100, VM2, 0);
    trap(f, 0, 3100, HVC_7);
    enter(f, 0, 3200, VM2, 0);
    trap(f, 0, 4200, WFI);
    enter(f, 0, 4300, VM1, 0);
    assert_int_equal(f->exit_count, 2);
    assert_int_equal(f->ended[0].trap.from.vm, 2);
    assert_int_equal(f->ended[0].away.ns, 100);
    assert_int_equal(f->ended[1].trap.from.vm, 1);
    assert_int_equal(f->ended[1].away.ns, 3300);
    assert_int_equal(f->ended[1].self.ns, 300);
    assert_int_equal(f->ended[1].self.insns, 300);
    assert_int_equal(ht_exits_open(f->exits), 1);
}

/* Another vCPU of the same VM is another exit; its time is not that of another VM. */
static void test_vcpus_of_one_vm_are_apart(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    trap(f, 0, 100, WFI);
    enter(f, 0, 150, VM1, 1);
    assert_int_equal(f->exit_count, 0);
    trap(f, 0, 400, WFI);
    enter(f, 0, 500, VM1, 0);
    assert_int_equal(f->exit_count, 1);
    assert_int_equal(f->ended[0].trap.from.vcpu, 0);
    assert_int_equal(f->ended[0].away.ns, 400);
    assert_int_equal(f->ended[0].self.ns, 400);
}

/* Two VMs on two CPUs at once do not mix. */
static void test_two_cpus_interleaved(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    enter(f, 1, 1, VM2, 0);
    trap(f, 0, 100, HVC_7);
    trap(f, 1, 110, WFI);
    enter(f, 0, 140, VM1, 0);
    enter(f, 1, 190, VM2, 0);
    assert_int_equal(f->exit_count, 2);
    assert_int_equal(f->ended[0].trap.from.vm, 1);
    assert_int_equal(f->ended[0].away.ns, 40);
    assert_int_equal(f->ended[1].trap.from.vm, 2);
    assert_int_equal(f->ended[1].away.ns, 80);
    assert_int_equal(f->ended[1].self.ns, 80);
}

/* A vCPU that goes on elsewhere: virtual time has a meaning, instructions of one CPU have not. */
static void test_exit_ends_on_another_cpu(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    trap(f, 0, 100, WFI);
    enter(f, 0, 200, VM2, 0);
    trap(f, 0, 500, HVC_7);
    enter(f, 1, 700, VM1, 0);
    assert_int_equal(f->exit_count, 1);
    assert_true(f->ended[0].migrated);
    assert_int_equal(f->ended[0].cpu_end, 1);
    assert_int_equal(f->ended[0].away.ns, 600);
    assert_int_equal(f->ended[0].self.ns, 300);
    assert_int_equal(f->ended[0].away.insns, 0);
}

static void test_intid_comes_from_the_acknowledge(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    irq(f, 0, 100, 0);
    ack(f, 0, 120, 0x0402); /* SGI 2 from CPU 1 */
    ack(f, 0, 130, 1023);
    enter(f, 0, 150, VM1, 0);
    assert_int_equal(f->trap_count, 1);
    assert_int_equal(f->traps[0].cause.cls, HT_CLASS_IRQ);
    assert_int_equal(f->traps[0].cause.detail, 2);
    assert_int_equal(f->ended[0].trap.cause.detail, 2);
}

/* The PL1 host acknowledges after the return. */
static void test_intid_comes_after_the_return(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    irq(f, 0, 100, 0);
    enter(f, 0, 110, HOST, 0);
    assert_int_equal(f->trap_count, 0);
    ack(f, 0, 150, 27);
    assert_int_equal(f->trap_count, 1);
    assert_int_equal(f->traps[0].cause.detail, 27);
    assert_int_equal(f->traps[0].hyp.ns, 10);
    trap(f, 0, 200, HVC_7);
    enter(f, 0, 220, VM1, 0);
    assert_int_equal(f->trap_count, 2);
    assert_int_equal(f->ended[0].trap.cause.detail, 27);
    assert_int_equal(f->ended[0].away.ns, 120);
}

/* An acknowledge belongs to the last interrupt, not to an older one that nobody acknowledged. */
static void test_unacknowledged_interrupt_stays_unknown(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    irq(f, 0, 100, 0);
    enter(f, 0, 110, VM1, 0);
    irq(f, 0, 200, 0);
    ack(f, 0, 210, 85);
    enter(f, 0, 220, VM1, 0);
    assert_int_equal(f->trap_count, 2);
    assert_int_equal(f->traps[0].cause.detail, HT_INTID_UNKNOWN);
    assert_true(f->traps[0].returned);
    assert_int_equal(f->traps[1].cause.detail, 85);
}

static void test_nested_entries_end_inside_out(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    trap(f, 0, 100, WFI);
    irq(f, 0, 200, 1);
    ack(f, 0, 205, 30);
    irq(f, 0, 210, 2);
    ack(f, 0, 215, 40);
    nested_return(f, 0, 220);
    nested_return(f, 0, 290);
    enter(f, 0, 300, VM1, 0);
    assert_int_equal(f->trap_count, 3);
    assert_int_equal(f->traps[0].depth, 2);
    assert_int_equal(f->traps[0].cause.detail, 40);
    assert_int_equal(f->traps[0].hyp.ns, 10);
    assert_int_equal(f->traps[1].depth, 1);
    assert_int_equal(f->traps[1].cause.detail, 30);
    assert_int_equal(f->traps[1].hyp.ns, 90);
    assert_int_equal(f->traps[2].depth, 0);
    assert_int_equal(f->traps[2].hyp.ns, 200);
    assert_int_equal(f->exit_count, 1);
    assert_int_equal(f->ended[0].away.ns, 200);
}

/* A hypervisor that switches stacks returns to a guest out of the middle of a nested entry. */
static void test_return_from_nested_entry_closes_all(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    trap(f, 0, 100, WFI);
    irq(f, 0, 200, 1);
    enter(f, 0, 300, VM2, 0);
    assert_int_equal(f->trap_count, 2);
    assert_false(f->traps[0].returned);
    assert_int_equal(f->traps[1].hyp.ns, 200);
    trap(f, 0, 400, WFI);
    enter(f, 0, 450, VM1, 0);
    assert_int_equal(f->ended[0].away.ns, 350);
    assert_int_equal(f->ended[0].self.ns, 250);
}

/* The depth field of an entry ends at 7. */
static void test_nesting_deeper_than_the_field(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    trap(f, 0, 100, WFI);
    for (unsigned i = 1; i <= 9; i++) {
        irq(f, 0, 100 + i, i < 7 ? i : 7);
    }
    for (unsigned i = 9; i >= 1; i--) {
        nested_return(f, 0, 200 + 10 * (9 - i));
    }
    enter(f, 0, 300, VM1, 0);
    assert_int_equal(f->trap_count, 8);
    assert_int_equal(f->traps[0].depth, 7);
    assert_int_equal(f->traps[0].hyp.ns, 220 - 107);
    assert_int_equal(f->traps[6].depth, 1);
    assert_int_equal(f->traps[6].hyp.ns, 280 - 101);
    assert_int_equal(f->traps[7].hyp.ns, 200);
}

/* An activation is no trap, and what was open before it never returned. */
static void test_activation_is_not_counted(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    trap(f, 0, 100, HVC_7);
    push(f, 0, 200, (struct ht_event) {.id = HT_EV_ACTIVATION});
    enter(f, 0, 300, VM2, 0);
    assert_int_equal(f->trap_count, 1);
    assert_false(f->traps[0].returned);
    assert_int_equal(f->exit_count, 0);
}

/* Lost events may have held the end of any exit. */
static void test_lost_events_end_exits_without_report(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    enter(f, 1, 1, VM2, 0);
    trap(f, 0, 100, WFI);
    push(f, 1, 200, (struct ht_event) {.id = HT_EV_ENTRY_SYNC, .hsr = HVC_7, .gap = true});
    enter(f, 0, 300, VM1, 0);
    assert_int_equal(f->exit_count, 0);
    enter(f, 1, 400, VM2, 0);
    assert_int_equal(f->exit_count, 1);
    assert_int_equal(f->ended[0].away.ns, 200);
}

static void test_finish_reports_open_traps(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, VM1, 0);
    trap(f, 0, 100, WFI);
    assert_int_equal(f->trap_count, 0);
    ht_exits_finish(f->exits);
    assert_int_equal(f->trap_count, 1);
    assert_false(f->traps[0].returned);
    assert_int_equal(f->exit_count, 0);
    assert_int_equal(ht_exits_open(f->exits), 1);
}

/* VMs are table bases, in order of appearance; VMIDs mean nothing. */
static void test_vm_numbers(void **state)
{
    struct fixture *f = *state;

    enter(f, 0, 0, HOST, 0);
    enter(f, 0, 1, VM2, 0);
    f->regs[0][HT_REG_VTTBR_HI] = 7 << 16;
    enter(f, 0, 2, VM2, 0);
    enter(f, 0, 3, VM1, 0);
    assert_int_equal(ht_vms_count(f->vms), 2);
    assert_int_equal(ht_vms_base(f->vms, 1), VM2);
    assert_int_equal(ht_vms_base(f->vms, 2), VM1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_trap_and_exit_of_one_vm),
        TEST(test_return_without_entry_is_no_exit),
        TEST(test_exit_holds_the_host_between),
        TEST(test_exit_holds_another_vm),
        TEST(test_vcpus_of_one_vm_are_apart),
        TEST(test_two_cpus_interleaved),
        TEST(test_exit_ends_on_another_cpu),
        TEST(test_intid_comes_from_the_acknowledge),
        TEST(test_intid_comes_after_the_return),
        TEST(test_unacknowledged_interrupt_stays_unknown),
        TEST(test_nested_entries_end_inside_out),
        TEST(test_return_from_nested_entry_closes_all),
        TEST(test_nesting_deeper_than_the_field),
        TEST(test_activation_is_not_counted),
        TEST(test_lost_events_end_exits_without_report),
        TEST(test_finish_reports_open_traps),
        TEST(test_vm_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
