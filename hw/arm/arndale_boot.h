/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the Arndale gets its first instructions: boot ROM, -bios, -kernel. */
#ifndef HW_ARM_EXYNOS5_ARNDALE_BOOT_H
#define HW_ARM_EXYNOS5_ARNDALE_BOOT_H

#include "hw/boards.h"
#include "target/arm/cpu.h"

typedef enum ArndaleKernelFormat {
    ARNDALE_KERNEL_AUTO,    /* zImage or ELF, by their magic numbers */
    ARNDALE_KERNEL_ZIMAGE,
    ARNDALE_KERNEL_ELF,
    ARNDALE_KERNEL_RAW,     /* no header: placed and entered at kernel_addr */
    ARNDALE_KERNEL_FREEBSD, /* FreeBSD's kernel (ELF) or kernel.bin (raw) */
} ArndaleKernelFormat;

/* How -kernel is entered, on both cores. */
typedef enum ArndaleKernelMode {
    ARNDALE_KERNEL_HYP,     /* Non-secure Hyp, as by U-Boot's bootz */
    ARNDALE_KERNEL_SECURE,  /* Secure SVC, as by U-Boot's go */
} ArndaleKernelMode;

typedef struct ArndaleBoot {
    ArndaleKernelFormat kernel_format;
    bool has_kernel_addr;
    uint64_t kernel_addr;   /* physical, for ARNDALE_KERNEL_RAW */
    ArndaleKernelMode kernel_mode;
} ArndaleBoot;

/*
 * arndale_boot_skips_spl:
 * Returns whether the clock tree must be preset at reset because no SPL runs
 * that would set it up.  Needs only @machine's options; may open files.
 */
bool arndale_boot_skips_spl(const MachineState *machine);

/*
 * arndale_boot_load:
 * @machine: the realized machine
 * @boot: how the kernel file is to be read
 * @cpu: the first core, whose address space receives the images
 *
 * Puts the boot ROM at 0 (and at its mirror's contents), places what -bios or
 * -kernel, -dtb, -initrd and -append name into DRAM, and tells the ROM how to
 * enter it.  Images are put back at every reset.  Ends QEMU with one line
 * that names the option if a file cannot be used.
 */
void arndale_boot_load(MachineState *machine, const ArndaleBoot *boot,
                       ARMCPU *cpu);

/* Parses a "kernel-format" value; false and *errp set if unknown. */
bool arndale_kernel_format_parse(const char *name, ArndaleKernelFormat *format,
                                 Error **errp);
const char *arndale_kernel_format_name(ArndaleKernelFormat format);

/* Parses a "kernel-mode" value; false and *errp set if unknown. */
bool arndale_kernel_mode_parse(const char *name, ArndaleKernelMode *mode,
                               Error **errp);
const char *arndale_kernel_mode_name(ArndaleKernelMode mode);

/*
 * arndale_is_freebsd_elf:
 * Returns whether @file is an ELF of FreeBSD: its OS/ABI says so, or it has
 * the interpreter "/red/herring" that FreeBSD's kernels are linked with
 * (sys/conf/kern.pre.mk).  False if it cannot be read.
 */
bool arndale_is_freebsd_elf(const char *file);

#endif
