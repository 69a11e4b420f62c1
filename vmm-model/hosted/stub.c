/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stub mode, in the style of bhyve and KVM: a host runs in PL1 with its own MMU, interrupts and
 * processes, and calls Hyp to run a guest for a while.  Host and guest are switched in full, both
 * ways: banked and CP15 registers, floating point, timer controls, HCR and VTTBR.
 */
#include <string.h>
#include "arch/armv7/armv7.h"
#include "arch/armv7/sysreg.h"
#include "armv7/gicv2.h"
#include "boot/guest_map.h"
#include "core/sched.h"
#include "core/vm.h"
#include "hosted/hosted.h"

#define CPU_COUNT       2
#define TABLE_PAGES     16
#define HOST_BASE       0x44000000u     /* hosted/host.lds */
#define PSR_SVC_MASKED  0x1d3u          /* SVC mode, A, I and F masked */
#define CNTHCTL_HOST    3u              /* PL1 has the physical timer and count */
#define HCPTR_HOST      0x33ffu         /* RES1; nothing traps */
#define HDCR_TRAPS      0xe60u          /* those of vcpu.c */

extern const uint8_t host_image[], host_image_end[];

/* What of the host is in memory while a guest runs on its CPU. */
struct host {
    struct guest_regs regs;
    struct guest_sysregs sys;
    struct guest_vfp vfp;
    struct timer_regs virt;     /* CNTV; the host's other timer goes on meanwhile */
};

static struct {
    struct host host[CPU_COUNT];
    struct hyp hyp;
    struct page_pool pool;
    struct vmid_allocator vmids;
    struct arch_lock vmid_lock;
    struct sched sched;         /* the host schedules: only kicks of vCPUs that run */
    unsigned lr_count;
    uint32_t cpu1_entry;
    uint8_t tables[TABLE_PAGES][POOL_PAGE_BYTES] __attribute__((aligned(8192)));
} stub;

/* Hyp takes its own three; the rest stays pending for the host, which a VM_EXIT_IRQ leads back to. */
unsigned arch_irq_ack(void)
{
    uint32_t iar = mmio_read32(BOARD_GICC + GICC_HPPIR);
    unsigned intid = gicv2_iar_intid(iar);

    if (intid < GICV2_PPI_MAINTENANCE || intid > GICV2_PPI_VIRT_TIMER) {
        return intid >= GICV2_INTID_GROUP ? GICV2_INTID_SPURIOUS
               : intid == ARCH_KICK_SGI ? GICV2_INTID_GROUP : intid;
    }
    iar = mmio_read32(BOARD_GICC + GICC_IAR);
    if (intid == GICV2_PPI_HYP_TIMER) {
        write_cnthp_ctl(0);
        isb(); /* quiet before it is deactivated */
    }
    mmio_write32(BOARD_GICC + GICC_EOIR, iar);
    if (intid != GICV2_PPI_VIRT_TIMER) {
        mmio_write32(BOARD_GICC + GICC_DIR, iar);
    }
    return intid;
}

/* The state of a machine without a hypervisor.  Hyp's stage 2 is off before the host's own
 * translation is back. */
static void host_controls(void)
{
    uint32_t mpidr;

    write_hcr(0);
    write_vttbr(0);
    __asm__ volatile("mrc p15, 0, %0, c0, c0, 5" : "=r"(mpidr));
    write_vpidr(read_midr());
    write_vmpidr(mpidr);
    write_cntvoff(0);
    write_cnthctl(CNTHCTL_HOST);
    write_hdcr(read_hdcr() & ~HDCR_TRAPS);
    write_hcptr(HCPTR_HOST);
    write_hstr(0);
    isb();
}

static void host_save(struct host *host)
{
    armv7_banked_save(&host->regs);
    armv7_sysregs_save(&host->sys);
    armv7_vfp_save(&host->vfp);
    host->virt.cval = read_cntv_cval();
    host->virt.ctl = read_cntv_ctl();
}

static void host_load(struct host *host)
{
    host_controls();
    armv7_banked_load(&host->regs);
    armv7_sysregs_load(&host->sys);
    armv7_vfp_load(&host->vfp);
    write_cntv_cval(host->virt.cval);
    write_cntv_ctl(host->virt.ctl & (CNT_CTL_ENABLE | CNT_CTL_IMASK));
    isb(); /* in force before the host goes on */
}

static int32_t create(uint32_t vcpu_count)
{
    struct vm_config config = {
        .vcpu_count = vcpu_count, .lr_count = stub.lr_count, .table_memory = stub.tables,
        .table_page_count = TABLE_PAGES, .pool = &stub.pool, .vmids = &stub.vmids,
        .vmid_lock = &stub.vmid_lock, .sched = &stub.sched,
    };
    int status;

    if (stub.hyp.vcpu_count > 0) {
        return VMM_EBUSY;
    }
    vmid_init(&stub.vmids);
    sched_init(&stub.sched, 0);
    status = vm_create(&stub.hyp, &config);
    if (status == VMM_OK) {
        status = vm_map(&stub.hyp, ipa_init(GUEST_GICC), pa_init(BOARD_GICV), GUEST_GICC_BYTES,
                        S2_R | S2_W | S2_DEVICE);
    }
    return status == VMM_OK ? vm_add_vgic(&stub.hyp, ipa_init(GUEST_GICD)) : status;
}

static void answer_mmio(struct hypctx *ctx, struct vm_exit *exit, uint32_t *r)
{
    if (exit->code == VM_EXIT_ABORT && !vcpu_emulate(ctx, exit)) {
        vcpu_inject_abort(ctx, exit);
        r[0] = HOSTED_EXIT_IRQ; /* nothing for the host: it runs the vCPU again */
        return;
    }
    r[0] = exit->u.mmio.is_write ? HOSTED_EXIT_WRITE : HOSTED_EXIT_READ;
    r[1] = (uint32_t)exit->u.mmio.ipa.value;
    r[2] = exit->u.mmio.size_bytes;
    r[3] = exit->u.mmio.value;
}

static void answer(struct hypctx *ctx, struct vm_exit *exit, uint32_t *r)
{
    switch (exit->code) {
    case VM_EXIT_IRQ:
    case VM_EXIT_PREEMPTED:
        r[0] = HOSTED_EXIT_IRQ;
        return;
    case VM_EXIT_HVC:
        r[0] = HOSTED_EXIT_HVC;
        r[1] = exit->u.call.imm16;
        r[2] = ctx->regs.r[0];
        return;
    case VM_EXIT_ABORT:
    case VM_EXIT_MMIO:
        answer_mmio(ctx, exit, r);
        return;
    case VM_EXIT_WFI:
    case VM_EXIT_WFE:
        r[0] = HOSTED_EXIT_WAIT;
        return;
    case VM_EXIT_OFF:
        r[0] = HOSTED_EXIT_OFF;
        return;
    case VM_EXIT_SYSTEM_OFF:
    case VM_EXIT_SYSTEM_RESET:
        r[0] = HOSTED_EXIT_SYSTEM_OFF;
        return;
    case VM_EXIT_FIQ:
    case VM_EXIT_HYP_FAULT:
    case VM_EXIT_CONDITION_FAILED:
    case VM_EXIT_CPREG:
    case VM_EXIT_COPROC:
    case VM_EXIT_UNDEFINED:
    case VM_EXIT_SMC:
    case VM_EXIT_SERROR:
    case VM_EXIT_CODE_COUNT:
        break;
    }
    r[0] = HOSTED_EXIT_OTHER;
    r[1] = exit->code;
}

static void run(struct host *host, unsigned cpu, struct hypctx *ctx)
{
    struct vm_exit exit;

    host_save(host);
    exit = vcpu_run(ctx, cpu, UINT64_MAX);
    answer(ctx, &exit, host->regs.r); /* while the guest's translation is at hand */
    vcpu_put(ctx);
    arch_timer_set(UINT64_MAX);
    host_load(host);
}

static void call_vcpu(struct host *host, unsigned cpu)
{
    uint32_t *r = host->regs.r;
    struct hypctx *ctx;

    if (r[1] >= stub.hyp.vcpu_count) {
        r[0] = (uint32_t)VMM_EINVAL;
        return;
    }
    ctx = &stub.hyp.vcpu[r[1]];
    switch (r[0]) {
    case HOSTED_VCPU_BOOT:
        r[0] = (uint32_t)vcpu_boot(ctx, r[2], 0, 0, 0);
        break;
    case HOSTED_VCPU_RUN:
        run(host, cpu, ctx);
        break;
    case HOSTED_COMPLETE:
        vcpu_mmio_complete(ctx, r[2]);
        break;
    default: /* HOSTED_ABORT */
        vcpu_inject_abort(ctx, &(struct vm_exit) {.code = VM_EXIT_MMIO});
        break;
    }
}

static void call(struct host *host, unsigned cpu)
{
    uint32_t *r = host->regs.r;

    switch (r[0]) {
    case HOSTED_VM_CREATE:
        r[0] = (uint32_t)create(r[1]);
        break;
    case HOSTED_VM_MAP:
        r[0] = (uint32_t)vm_map(&stub.hyp, ipa_init(r[1]), pa_init(r[2]), r[3], r[4]);
        break;
    case HOSTED_VCPU_BOOT:
    case HOSTED_VCPU_RUN:
    case HOSTED_COMPLETE:
    case HOSTED_ABORT:
        call_vcpu(host, cpu);
        break;
    case HOSTED_CPU_ON:
        stub.cpu1_entry = r[1];
        board_start_cpu1(armv7_second_start);
        r[0] = 0;
        break;
    default:
        r[0] = (uint32_t)VMM_EINVAL;
        break;
    }
}

/* Everything that comes here from a host with HCR = 0 is an HVC. */
__attribute__((noreturn))
static void run_host(struct host *host, unsigned cpu, uint32_t entry)
{
    host_controls();
    host->regs.pc = entry;
    host->regs.cpsr = PSR_SVC_MASKED;
    for (;;) {
        armv7_enter(&host->regs);
        call(host, cpu);
    }
}

void armv7_main(unsigned cpu, uint32_t tree)
{
    (void)tree;
    armv7_mmu_on();
    if (cpu == 0) {
        board_put_text("vmm: stub mode begins\n");
        memcpy((void *)HOST_BASE, host_image, (size_t)(host_image_end - host_image));
        arch_clean_memory((void *)HOST_BASE, (size_t)(host_image_end - host_image));
        stub.lr_count = armv7_gic_init(cpu);
    } else {
        armv7_gic_init(cpu);
    }
    run_host(&stub.host[cpu], cpu, cpu == 0 ? HOST_BASE : stub.cpu1_entry);
}
