/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Chip ID of the Exynos5250.  U-Boot takes every base address from bits
 * 23:12 of PRO_ID (520); Linux and FreeBSD compare bits 31:12 (43520).
 */
#include "qemu/osdep.h"
#include "hw/arm/exynos5/exynos5250_chipid.h"
#include "hw/arm/exynos5/exynos5250_chipid_regs.h"

static const Exynos5Reg chipid_regs[] = {
    /* The revision, bits 7:0, is a guess (EVT1.0): no software looks at it. */
    { "PRO_ID",     A_CHIPID_PRO_ID,     .reset = 0x43520210 },
    { "PKG_ID",     A_CHIPID_PKG_ID },
    { "UNIQUE_ID0", A_CHIPID_UNIQUE_ID0 },
    { "UNIQUE_ID1", A_CHIPID_UNIQUE_ID1 },
};

static const Exynos5RegTable chipid_table = {
    .name = TYPE_EXYNOS5250_CHIPID,
    .size_bytes = 0x1000,
    .regs = chipid_regs,
    .reg_count = ARRAY_SIZE(chipid_regs),
};

static void chipid_class_init(ObjectClass *oc, void *data)
{
    DEVICE_CLASS(oc)->desc = "Exynos5250 chip ID";
    EXYNOS5_REGFILE_CLASS(oc)->table = &chipid_table;
}

static const TypeInfo chipid_type = {
    .name = TYPE_EXYNOS5250_CHIPID,
    .parent = TYPE_EXYNOS5_REGFILE,
    .class_init = chipid_class_init,
};

static void chipid_register_types(void)
{
    type_register_static(&chipid_type);
}
type_init(chipid_register_types)
