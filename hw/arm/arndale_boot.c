/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loading of the boot ROM and of images that skip the firmware on the card.
 * Decisions about modes are the ROM's (bootrom/): this file only places
 * bytes and fills the hand-off block.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/bswap.h"
#include "qemu/cutils.h"
#include "qemu/datadir.h"
#include "qemu/error-report.h"
#include "qemu/units.h"
#include "elf.h"
#include <libfdt.h>
#include "hw/arm/boot.h"
#include "hw/arm/exynos5/arndale_boot.h"
#include "hw/arm/exynos5/bootrom/handoff.h"
#include "hw/arm/exynos5/exynos5250.h"
#include "hw/loader.h"
#include "system/device_tree.h"
#include "hw/arm/exynos5/bootrom/exynos5-bootrom.h"

QEMU_BUILD_BUG_ON(sizeof(exynos5_bootrom) > HANDOFF_OFFSET);
QEMU_BUILD_BUG_ON(offsetof(BootHandoff, mode) != HANDOFF_MODE_OFFSET);
QEMU_BUILD_BUG_ON(offsetof(BootHandoff, entry) != HANDOFF_ENTRY_OFFSET);

/*
 * Places in DRAM, as U-Boot's environment has them (kernel_addr_r,
 * fdt_addr_r, ramdisk_addr_r); U-Boot itself is linked for UBOOT_ADDRESS.
 */
enum {
    KERNEL_ADDRESS = 0x42000000,
    /* FreeBSD's KERNVIRTADDR 0xc0f00000 less the 2 GiB of VA - PA. */
    FREEBSD_ADDRESS = 0x40f00000,
    DTB_ADDRESS = 0x43000000,
    DTB_MAX_BYTES = 0x100000,
    INITRD_ADDRESS = 0x43300000,
    UBOOT_ADDRESS = 0x43e00000,
    SPL_ADDRESS = 0x02023400,
    SPL_BYTES = 0x3800,
};

/* Words of SYSRAM that firmware owns (bootrom/rom.c) start from zero. */
enum {
    IRAM_CONTRACT_ADDRESS = 0x02020000,
    IRAM_CONTRACT_BYTES = 0x100,
};

/* zImage header (Linux arch/arm/boot/compressed/head.S), offsets in bytes. */
enum {
    ZIMAGE_MAGIC_OFFSET = 0x24,
    ZIMAGE_HEADER_BYTES = 0x30,
};
#define ZIMAGE_MAGIC 0x016f2818

static const char * const kernel_format_names[] = {
    [ARNDALE_KERNEL_AUTO] = "auto",
    [ARNDALE_KERNEL_ZIMAGE] = "zimage",
    [ARNDALE_KERNEL_ELF] = "elf",
    [ARNDALE_KERNEL_RAW] = "raw",
    [ARNDALE_KERNEL_FREEBSD] = "freebsd",
};

static const char * const kernel_mode_names[] = {
    [ARNDALE_KERNEL_HYP] = "hyp",
    [ARNDALE_KERNEL_SECURE] = "secure",
};

const char *arndale_kernel_mode_name(ArndaleKernelMode mode)
{
    return kernel_mode_names[mode];
}

bool arndale_kernel_mode_parse(const char *name, ArndaleKernelMode *mode,
                               Error **errp)
{
    for (unsigned i = 0; i < ARRAY_SIZE(kernel_mode_names); i++) {
        if (g_str_equal(name, kernel_mode_names[i])) {
            *mode = i;
            return true;
        }
    }
    error_setg(errp, "kernel-mode '%s' is unknown: use hyp or secure", name);
    return false;
}

const char *arndale_kernel_format_name(ArndaleKernelFormat format)
{
    return kernel_format_names[format];
}

bool arndale_kernel_format_parse(const char *name, ArndaleKernelFormat *format,
                                 Error **errp)
{
    for (unsigned i = 0; i < ARRAY_SIZE(kernel_format_names); i++) {
        if (g_str_equal(name, kernel_format_names[i])) {
            *format = i;
            return true;
        }
    }
    error_setg(errp, "kernel-format '%s' is unknown: use auto, zimage, elf, raw "
               "or freebsd", name);
    return false;
}

static G_NORETURN void fail(const char *option, const char *file,
                            const char *what)
{
    error_report("%s %s: %s", option, file, what);
    exit(EXIT_FAILURE);
}

/* Bytes of DRAM from @address to its end, 0 if @address is not in DRAM. */
static uint64_t room_in_dram(const MachineState *machine, uint64_t address)
{
    uint64_t end = EXYNOS5250_RAM_BASE + machine->ram_size;

    return address >= EXYNOS5250_RAM_BASE && address < end ? end - address : 0;
}

static uint32_t load_raw(const MachineState *machine, const char *option,
                         const char *file, uint64_t address)
{
    uint64_t room = room_in_dram(machine, address);
    ssize_t size;

    if (room == 0) {
        fail(option, file, "the load address is outside of DRAM");
    }
    size = get_image_size(file);
    if (size < 0) {
        fail(option, file, "cannot be read");
    }
    if (size == 0) {
        fail(option, file, "is empty");
    }
    if (size > room || load_image_targphys(file, address, room) < 0) {
        fail(option, file, "does not fit into DRAM");
    }
    return address;
}

/*
 * ELF addresses that are not DRAM are kernel virtual ones: 3 GiB upwards is
 * the start of DRAM (FreeBSD writes such p_paddr fields).
 */
static uint64_t physical_of_elf(void *opaque, uint64_t address)
{
    const MachineState *machine = opaque;
    const uint64_t virtual_base = 0xc0000000;

    if (!room_in_dram(machine, address) && address >= virtual_base) {
        return address - virtual_base + EXYNOS5250_RAM_BASE;
    }
    return address;
}

static uint32_t load_elf_kernel(MachineState *machine, const char *file,
                                ARMCPU *cpu)
{
    uint64_t entry, lowest, highest;
    ssize_t size;

    size = load_elf_as(file, NULL, physical_of_elf, machine, &entry, &lowest,
                       &highest, NULL, ELFDATA2LSB, EM_ARM, 1, 0,
                       CPU(cpu)->as);
    if (size < 0) {
        fail("-kernel", file, load_elf_strerror(size));
    }
    entry = physical_of_elf(machine, entry);
    if (!room_in_dram(machine, lowest) || !room_in_dram(machine, highest - 1) ||
        !room_in_dram(machine, entry & ~1ull)) {
        fail("-kernel", file, "has segments or an entry point outside of DRAM");
    }
    return entry;
}

/* Reads the first bytes of @file; dies if it cannot be read. */
static void read_head(const char *option, const char *file, uint8_t *head,
                      size_t size)
{
    FILE *f = fopen(file, "rb");

    memset(head, 0, size);
    if (!f) {
        fail(option, file, strerror(errno));
    }
    if (fread(head, 1, size, f) == 0 && ferror(f)) {
        fail(option, file, strerror(errno));
    }
    fclose(f);
}

static ArndaleKernelFormat detect_kernel_format(const char *file)
{
    uint8_t head[ZIMAGE_HEADER_BYTES];

    read_head("-kernel", file, head, sizeof(head));
    if (memcmp(head, ELFMAG, SELFMAG) == 0) {
        return arndale_is_freebsd_elf(file) ? ARNDALE_KERNEL_FREEBSD
                                            : ARNDALE_KERNEL_ELF;
    }
    if (ldl_le_p(head + ZIMAGE_MAGIC_OFFSET) == ZIMAGE_MAGIC) {
        return ARNDALE_KERNEL_ZIMAGE;
    }
    fail("-kernel", file, "is neither zImage nor ELF: name its format and place with "
         "-M arndale,kernel-format=raw,kernel-addr=ADDRESS "
         "(a FreeBSD kernel.bin: kernel-format=freebsd)");
}

/*
 * FreeBSD's kernel takes its place from its own program counter and a device
 * tree from inside of itself (locore-v6.S, machdep.c of 11.0).
 */
static uint32_t load_freebsd(MachineState *machine, const char *file,
                             ARMCPU *cpu)
{
    uint8_t head[SELFMAG];

    if (machine->smp.cpus == 1) {
        warn_report("-smp 1: a FreeBSD kernel for this board panics without "
                    "its second core, use -smp 2");
    }
    read_head("-kernel", file, head, sizeof(head));
    if (memcmp(head, ELFMAG, SELFMAG) == 0) {
        return load_elf_kernel(machine, file, cpu);
    }
    return load_raw(machine, "-kernel", file, FREEBSD_ADDRESS);
}

static uint32_t load_kernel(MachineState *machine, const ArndaleBoot *boot,
                            ARMCPU *cpu)
{
    const char *file = machine->kernel_filename;
    ArndaleKernelFormat format = boot->kernel_format;

    if (format == ARNDALE_KERNEL_AUTO) {
        format = detect_kernel_format(file);
    }
    switch (format) {
    case ARNDALE_KERNEL_ELF:
        return load_elf_kernel(machine, file, cpu);
    case ARNDALE_KERNEL_RAW:
        if (!boot->has_kernel_addr) {
            fail("-kernel", file, "kernel-format=raw needs -M arndale,kernel-addr=ADDRESS");
        }
        return load_raw(machine, "-kernel", file, boot->kernel_addr);
    case ARNDALE_KERNEL_FREEBSD:
        return load_freebsd(machine, file, cpu);
    case ARNDALE_KERNEL_ZIMAGE:
    case ARNDALE_KERNEL_AUTO:
        break;
    }
    if (!machine->dtb) {
        warn_report("-kernel %s: Linux and Xen need a device tree: "
                    "-dtb exynos5250-arndale.dtb", file);
    }
    return load_raw(machine, "-kernel", file, KERNEL_ADDRESS);
}

/* A device tree of another board is used all the same: it is the user's. */
static void check_dtb_board(const char *file)
{
    int size;
    g_autofree void *fdt = load_device_tree(file, &size);

    if (fdt && fdt_node_check_compatible(fdt, 0, "insignal,arndale") != 0) {
        warn_report("-dtb %s: is not for this board (compatible does not name "
                    "insignal,arndale)", file);
    }
}

/* Loads -initrd and -dtb; returns the address of the device tree or 0. */
static uint32_t load_dtb_and_initrd(MachineState *machine, ARMCPU *cpu)
{
    struct arm_boot_info info = {
        .ram_size = machine->ram_size,
        .loader_start = EXYNOS5250_RAM_BASE,
        .kernel_cmdline = machine->kernel_cmdline,
        .dtb_filename = machine->dtb,
    };

    if (machine->initrd_filename) {
        load_raw(machine, "-initrd", machine->initrd_filename, INITRD_ADDRESS);
        info.initrd_start = INITRD_ADDRESS;
        info.initrd_size = get_image_size(machine->initrd_filename);
    }
    if (!machine->dtb) {
        return 0;
    }
    if (!room_in_dram(machine, DTB_ADDRESS + DTB_MAX_BYTES) ||
        arm_load_dtb(DTB_ADDRESS, &info, DTB_ADDRESS + DTB_MAX_BYTES,
                     CPU(cpu)->as, machine, cpu) <= 0) {
        fail("-dtb", machine->dtb, "cannot be used (not a device tree, or too large)");
    }
    check_dtb_board(machine->dtb);
    return DTB_ADDRESS;
}

static void handoff_kernel(MachineState *machine, const ArndaleBoot *boot,
                           ARMCPU *cpu, BootHandoff *handoff)
{
    handoff->entry = load_kernel(machine, boot, cpu);
    handoff->r2 = load_dtb_and_initrd(machine, cpu);
    handoff->r1 = ~0u; /* no machine number: the device tree tells */
    handoff->mode = boot->kernel_mode == ARNDALE_KERNEL_HYP
                        ? HANDOFF_MODE_HYP : HANDOFF_MODE_SECURE;
}

/* An SPL is known by its size and checksum (U-Boot tools/mkexynosspl.c). */
static bool is_spl(const char *file)
{
    g_autofree gchar *bytes = NULL;
    gsize size;
    uint32_t sum = 0;

    if (!g_file_get_contents(file, &bytes, &size, NULL) || size != SPL_BYTES) {
        return false;
    }
    for (gsize i = 0; i < SPL_BYTES - 4; i++) {
        sum += (uint8_t)bytes[i];
    }
    return sum == ldl_le_p(bytes + SPL_BYTES - 4);
}

static void handoff_firmware(MachineState *machine, BootHandoff *handoff)
{
    const char *file = machine->firmware;

    if (is_spl(file)) {
        if (load_image_targphys(file, SPL_ADDRESS, SPL_BYTES) < 0) {
            fail("-bios", file, "cannot be read");
        }
        handoff->entry = SPL_ADDRESS;
        handoff->mode = HANDOFF_MODE_SPL;
    } else {
        handoff->entry = load_raw(machine, "-bios", file, UBOOT_ADDRESS);
        handoff->mode = HANDOFF_MODE_SECURE;
    }
}

bool arndale_boot_skips_spl(const MachineState *machine)
{
    return machine->kernel_filename ||
           (machine->firmware && !is_spl(machine->firmware));
}

static void write_handoff(const BootHandoff *handoff)
{
    uint32_t words[sizeof(*handoff) / 4];

    memcpy(words, handoff, sizeof(words));
    for (unsigned i = 0; i < ARRAY_SIZE(words); i++) {
        words[i] = cpu_to_le32(words[i]);
    }
    rom_add_blob_fixed("exynos5.handoff", words, sizeof(words), HANDOFF_OFFSET);
}

void arndale_boot_load(MachineState *machine, const ArndaleBoot *boot,
                       ARMCPU *cpu)
{
    static const uint8_t zeros[IRAM_CONTRACT_BYTES];
    BootHandoff handoff = { .magic = HANDOFF_MAGIC };

    rom_add_blob_fixed("exynos5.bootrom", exynos5_bootrom,
                       sizeof(exynos5_bootrom), 0);
    rom_add_blob_fixed("exynos5.iram-contract", zeros, sizeof(zeros),
                       IRAM_CONTRACT_ADDRESS);
    if (machine->kernel_filename && machine->firmware) {
        error_report("-bios and -kernel exclude each other on this board");
        exit(EXIT_FAILURE);
    }
    if (machine->kernel_filename) {
        handoff_kernel(machine, boot, cpu, &handoff);
        write_handoff(&handoff);
    } else if (machine->firmware) {
        handoff_firmware(machine, &handoff);
        write_handoff(&handoff);
    }
}
