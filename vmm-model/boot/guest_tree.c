/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest's device tree by libfdt's sequential writer.  Bindings: Linux
 * Documentation/devicetree/bindings, arm/cpus.yaml, arm/psci.yaml, timer/arm,arch_timer.yaml,
 * interrupt-controller/arm,gic.yaml, serial/pl011.yaml, virtio/mmio.yaml.
 */
#include <stdbool.h>
#include <libfdt.h>
#include "boot/guest_map.h"
#include "boot/guest_tree.h"
#include "armv7/gicv2.h"

#define PHANDLE_GIC     1u
#define PHANDLE_CLOCK   2u
#define PHANDLE_GPIO    3u
#define KEY_POWER       116u    /* Linux input-event-codes.h */
#define CLOCK_HZ        24000000u

/* Interrupt cells of the GIC's binding. */
#define GIC_SPI         0u
#define GIC_PPI         1u
#define IRQ_LEVEL       4u
#define PPI_LEVEL_LOW   0x308u  /* to CPUs 0 and 1 */

/* The writer keeps no error: all calls' results are collected in status. */
struct writer {
    void *fdt;
    int status;
};

static void keep(struct writer *w, int status)
{
    if (w->status == 0) {
        w->status = status;
    }
}

static void begin(struct writer *w, const char *name)
{
    keep(w, fdt_begin_node(w->fdt, name));
}

static void end(struct writer *w)
{
    keep(w, fdt_end_node(w->fdt));
}

static void put_string(struct writer *w, const char *name, const char *value)
{
    keep(w, fdt_property_string(w->fdt, name, value));
}

static void put_u32(struct writer *w, const char *name, uint32_t value)
{
    keep(w, fdt_property_u32(w->fdt, name, value));
}

static void put_cells(struct writer *w, const char *name, const uint32_t *cells, unsigned count)
{
    void *at;

    keep(w, fdt_property_placeholder(w->fdt, name, (int)(count * sizeof(fdt32_t)), &at));
    for (unsigned i = 0; w->status == 0 && i < count; i++) {
        fdt32_st((fdt32_t *)at + i, cells[i]);
    }
}
#define PUT_CELLS(w, name, ...) \
    put_cells(w, name, (const uint32_t []) {__VA_ARGS__}, \
              sizeof((const uint32_t []) {__VA_ARGS__}) / sizeof(uint32_t))

static void put_list(struct writer *w, const char *name, const char *strings, unsigned bytes)
{
    keep(w, fdt_property(w->fdt, name, strings, (int)bytes));
}
/* A list of strings as one literal, "a\0b". */
#define PUT_LIST(w, name, strings) put_list(w, name, strings, sizeof(strings))

static void put_cpus(struct writer *w, unsigned count)
{
    char name[] = "cpu@0";

    begin(w, "cpus");
    put_u32(w, "#address-cells", 1);
    put_u32(w, "#size-cells", 0);
    for (unsigned i = 0; i < count; i++) {
        name[4] = (char)('0' + i);
        begin(w, name);
        put_string(w, "device_type", "cpu");
        put_string(w, "compatible", "arm,cortex-a15");
        put_string(w, "enable-method", "psci");
        put_u32(w, "reg", i);
        end(w);
    }
    end(w);
    begin(w, "psci");
    PUT_LIST(w, "compatible", "arm,psci-1.0\0arm,psci-0.2");
    put_string(w, "method", "hvc");
    end(w);
}

static void put_interrupts(struct writer *w)
{
    begin(w, "interrupt-controller");
    put_string(w, "compatible", "arm,cortex-a15-gic");
    put_u32(w, "#interrupt-cells", 3);
    keep(w, fdt_property(w->fdt, "interrupt-controller", NULL, 0));
    PUT_CELLS(w, "reg", GUEST_GICD, 0x1000, GUEST_GICC, GUEST_GICC_BYTES);
    put_u32(w, "phandle", PHANDLE_GIC);
    end(w);
    begin(w, "timer");
    put_string(w, "compatible", "arm,armv7-timer");
    PUT_CELLS(w, "interrupts", GIC_PPI, 13, PPI_LEVEL_LOW, GIC_PPI, 14, PPI_LEVEL_LOW,
              GIC_PPI, GICV2_PPI_VIRT_TIMER - 16, PPI_LEVEL_LOW,
              GIC_PPI, GICV2_PPI_HYP_TIMER - 16, PPI_LEVEL_LOW);
    end(w);
}

static void put_uart(struct writer *w)
{
    begin(w, "clock");
    put_string(w, "compatible", "fixed-clock");
    put_u32(w, "#clock-cells", 0);
    put_u32(w, "clock-frequency", CLOCK_HZ);
    put_u32(w, "phandle", PHANDLE_CLOCK);
    end(w);
    begin(w, "serial");
    PUT_LIST(w, "compatible", "arm,pl011\0arm,primecell");
    PUT_CELLS(w, "reg", GUEST_UART, 0x1000);
    PUT_CELLS(w, "interrupts", GIC_SPI, GUEST_UART_INTID - 32, IRQ_LEVEL);
    PUT_CELLS(w, "clocks", PHANDLE_CLOCK, PHANDLE_CLOCK);
    PUT_LIST(w, "clock-names", "uartclk\0apb_pclk");
    end(w);
}

/* The clock, and the power button that gpio-keys makes a key of. */
static void put_clock_and_button(struct writer *w)
{
    begin(w, "rtc");
    PUT_LIST(w, "compatible", "arm,pl031\0arm,primecell");
    PUT_CELLS(w, "reg", GUEST_RTC, 0x1000);
    PUT_CELLS(w, "interrupts", GIC_SPI, GUEST_RTC_INTID - 32, IRQ_LEVEL);
    put_u32(w, "clocks", PHANDLE_CLOCK);
    put_string(w, "clock-names", "apb_pclk");
    end(w);
    begin(w, "gpio");
    PUT_LIST(w, "compatible", "arm,pl061\0arm,primecell");
    PUT_CELLS(w, "reg", GUEST_GPIO, 0x1000);
    PUT_CELLS(w, "interrupts", GIC_SPI, GUEST_GPIO_INTID - 32, IRQ_LEVEL);
    put_u32(w, "clocks", PHANDLE_CLOCK);
    put_string(w, "clock-names", "apb_pclk");
    keep(w, fdt_property(w->fdt, "gpio-controller", NULL, 0));
    put_u32(w, "#gpio-cells", 2);
    keep(w, fdt_property(w->fdt, "interrupt-controller", NULL, 0));
    put_u32(w, "#interrupt-cells", 2);
    put_u32(w, "phandle", PHANDLE_GPIO);
    end(w);
    begin(w, "gpio-keys");
    put_string(w, "compatible", "gpio-keys");
    begin(w, "power");
    put_string(w, "label", "power");
    put_u32(w, "linux,code", KEY_POWER);
    PUT_CELLS(w, "gpios", PHANDLE_GPIO, GUEST_GPIO_BUTTON, 0);
    end(w);
    end(w);
}

static void put_virtio(struct writer *w, unsigned count)
{
    char name[] = "virtio@0";

    for (unsigned i = 0; i < count; i++) {
        name[7] = (char)('0' + i);
        begin(w, name);
        put_string(w, "compatible", "virtio,mmio");
        PUT_CELLS(w, "reg", GUEST_VIRTIO + i * GUEST_VIRTIO_BYTES, GUEST_VIRTIO_BYTES);
        PUT_CELLS(w, "interrupts", GIC_SPI, GUEST_VIRTIO_INTID + i - 32, IRQ_LEVEL);
        keep(w, fdt_property(w->fdt, "dma-coherent", NULL, 0));
        end(w);
    }
}

static void put_chosen(struct writer *w, const struct guest_tree *tree)
{
    begin(w, "chosen");
    put_string(w, "bootargs", tree->bootargs);
    put_string(w, "stdout-path", "/serial");
    if (tree->ramdisk.size_bytes > 0) {
        put_u32(w, "linux,initrd-start", (uint32_t)tree->ramdisk.base);
        put_u32(w, "linux,initrd-end",
                (uint32_t)(tree->ramdisk.base + tree->ramdisk.size_bytes));
    }
    end(w);
    begin(w, "memory");
    put_string(w, "device_type", "memory");
    PUT_CELLS(w, "reg", GUEST_RAM, (uint32_t)tree->memory_bytes);
    end(w);
}

bool guest_tree_make(const struct guest_tree *tree, void *to, uint32_t size_bytes)
{
    struct writer w = {.fdt = to};

    keep(&w, fdt_create(to, (int)size_bytes));
    keep(&w, fdt_finish_reservemap(to));
    begin(&w, "");
    put_u32(&w, "#address-cells", 1);
    put_u32(&w, "#size-cells", 1);
    put_string(&w, "compatible", "linux,dummy-virt");
    put_string(&w, "model", "vmm-model");
    put_u32(&w, "interrupt-parent", PHANDLE_GIC);
    put_chosen(&w, tree);
    put_cpus(&w, tree->vcpu_count);
    put_interrupts(&w);
    put_uart(&w);
    put_clock_and_button(&w);
    put_virtio(&w, tree->virtio_count);
    end(&w);
    keep(&w, fdt_finish(to));
    return w.status == 0;
}
