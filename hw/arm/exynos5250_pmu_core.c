/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Power of the Cortex-A15 cores: ARM_COREn_CONFIG and STATUS.
 *
 * CONFIG 0 takes effect when the core executes WFI.  QEMU tells no device
 * of a WFI, so that a timer looks for it.  CONFIG 3 restarts a core that is
 * off at the reset vector in Secure SVC, in the boot ROM.
 */
#include "qemu/osdep.h"
#include "hw/arm/exynos5/exynos5250_pmu_internal.h"
#include "hw/arm/exynos5/exynos5250_pmu_regs.h"
#include "hw/core/cpu.h"
#include "target/arm/arm-powerctl.h"
#include "target/arm/cpu.h"

/* Virtual time between two looks: what a core takes to power down. */
enum { PMU_WFI_POLL_NS = 10 * SCALE_US };

static bool core_wanted_on(Exynos5250PmuState *s, unsigned core)
{
    uint32_t config = exynos5_regfile_get(EXYNOS5_REGFILE(s),
        A_PMU_ARM_CORE0_CONFIG + core * PMU_CORE_STRIDE);

    return FIELD_EX32(config, PMU_ARM_CORE, LOCAL_PWR) != 0;
}

/* On, told to power off, and not at its WFI yet. */
static bool core_awaits_wfi(Exynos5250PmuState *s, unsigned core)
{
    return s->core_on[core] && !s->core_going_off[core] &&
           !core_wanted_on(s, core);
}

static void pmu_schedule_wfi_poll(Exynos5250PmuState *s)
{
    for (unsigned core = 0; core < s->num_cpus; core++) {
        if (core_awaits_wfi(s, core)) {
            timer_mod(s->wfi_timer, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) +
                                    PMU_WFI_POLL_NS);
            return;
        }
    }
    timer_del(s->wfi_timer);
}

/* Runs in the core's vCPU thread, after the core was turned off there. */
static void core_off_done(CPUState *cs, run_on_cpu_data data)
{
    Exynos5250PmuState *s = data.host_ptr;
    unsigned core = cs->cpu_index;

    if (!s->core_going_off[core]) {
        return;     /* a system reset came first */
    }
    s->core_going_off[core] = false;
    s->core_on[core] = core_wanted_on(s, core);
    if (s->core_on[core]) {
        arm_set_cpu_on_and_reset(core);
    }
}

static void core_power_off(Exynos5250PmuState *s, unsigned core, CPUState *cs)
{
    s->core_going_off[core] = true;
    arm_set_cpu_off(core);
    async_run_on_cpu(cs, core_off_done, RUN_ON_CPU_HOST_PTR(s));
}

static bool cpu_in_wfi(CPUState *cs)
{
    return cs->halted && !ARM_CPU(cs)->env.in_wfe && ARM_CPU(cs)->power_state == PSCI_ON;
}

static void pmu_wfi_poll(void *opaque)
{
    Exynos5250PmuState *s = opaque;

    for (unsigned core = 0; core < s->num_cpus; core++) {
        CPUState *cs = qemu_get_cpu(core);

        if (core_awaits_wfi(s, core) && cpu_in_wfi(cs)) {
            core_power_off(s, core, cs);
        }
    }
    pmu_schedule_wfi_poll(s);
}

void exynos5250_pmu_cores_init(Exynos5250PmuState *s)
{
    s->wfi_timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, pmu_wfi_poll, s);
}

void exynos5250_pmu_cores_reset(Exynos5250PmuState *s)
{
    timer_del(s->wfi_timer);
    for (unsigned core = 0; core < EXYNOS5250_PMU_CORES; core++) {
        s->core_on[core] = core < s->num_cpus;
        s->core_going_off[core] = false;
        if (!s->core_on[core]) {
            exynos5_regfile_set(EXYNOS5_REGFILE(s), A_PMU_ARM_CORE0_CONFIG +
                                                    core * PMU_CORE_STRIDE, 0);
        }
    }
}

uint32_t exynos5250_pmu_core_status(Exynos5250PmuState *s, unsigned core)
{
    return s->core_on[core] ? R_PMU_ARM_CORE_LOCAL_PWR_MASK : 0;
}

void exynos5250_pmu_core_configured(Exynos5250PmuState *s, unsigned core)
{
    if (core >= s->num_cpus) {
        return;     /* never powers up: software gives up waiting for it */
    }
    if (core_wanted_on(s, core) && !s->core_on[core]) {
        s->core_on[core] = true;
        arm_set_cpu_on_and_reset(core);
    }
    pmu_schedule_wfi_poll(s);
}
