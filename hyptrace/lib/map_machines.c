/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Device addresses of machines that are known by name.
 */
#include "hyptrace/lib/map.h"

struct range {
    uint32_t base;
    uint32_t size_bytes;
    char name[16];
};

/* Samsung Exynos5250, docs/machine.md. */
static const struct range arndale[] = {
    {0x00000000, 0x10000, "irom"},
    {0x02020000, 0x60000, "iram"},
    {0x03810000, 0x1000, "audss"},
    {0x03830000, 0x1000, "i2s0"},
    {0x03860000, 0x1000, "pinctrl3"},
    {0x10000000, 0x1000, "chipid"},
    {0x10010000, 0x30000, "cmu"},
    {0x10040000, 0x5000, "pmu"},
    {0x10050000, 0x5000, "sysreg"},
    {0x10060000, 0x1000, "tmu"},
    {0x10100000, 0xa0000, "tzpc"},
    {0x101b0000, 0x1000, "cec"},
    {0x101c0000, 0x1000, "mct"},
    {0x101d0000, 0x1000, "wdt"},
    {0x101e0000, 0x1000, "rtc"},
    {0x10440000, 0x1000, "combiner"},
    {0x10481000, 0x1000, "gicd"},
    {0x10482000, 0x2000, "gicc"},
    {0x10484000, 0x2000, "gich"},
    {0x10486000, 0x2000, "gicv"},
    {0x10800000, 0x1000, "mdma0"},
    {0x10830000, 0x600, "sss"},
    {0x10830600, 0xa00, "trng"},
    {0x10850000, 0x1000, "g2d"},
    {0x10a60000, 0x1000, "sysmmu-mdma"},
    {0x10c00000, 0x10000, "dmc-phy0"},
    {0x10c10000, 0x10000, "dmc-phy1"},
    {0x10d10000, 0x1000, "pinctrl2"},
    {0x10dd0000, 0x10000, "drex"},
    {0x11000000, 0x10000, "mfc"},
    {0x11200000, 0x20000, "sysmmu-mfc"},
    {0x11400000, 0x1000, "pinctrl0"},
    {0x11800000, 0x5000, "mali-t604"},
    {0x11c00000, 0x1000, "rotator"},
    {0x11c10000, 0x1000, "mdma1"},
    {0x11d40000, 0x1000, "sysmmu-rotator"},
    {0x11f20000, 0x1000, "sysmmu-jpeg"},
    {0x12000000, 0x10000, "dwc3"},
    {0x12100000, 0x1000, "usb3-phy"},
    {0x12110000, 0x1000, "ehci"},
    {0x12120000, 0x1000, "ohci"},
    {0x12130000, 0x1000, "usb2-phy"},
    {0x12140000, 0x20000, "usb-otg"},
    {0x12170000, 0x1000, "sata-phy"},
    {0x121a0000, 0x1000, "pdma0"},
    {0x121b0000, 0x1000, "pdma1"},
    {0x121d0000, 0x1000, "sata-phy-i2c"},
    {0x12200000, 0x1000, "mshc0"},
    {0x12210000, 0x1000, "mshc1"},
    {0x12220000, 0x1000, "mshc2"},
    {0x12230000, 0x1000, "mshc3"},
    {0x12250000, 0x1000, "sromc"},
    {0x122f0000, 0x1000, "sata"},
    {0x12c00000, 0x1000, "uart0"},
    {0x12c10000, 0x1000, "uart1"},
    {0x12c20000, 0x1000, "uart2"},
    {0x12c30000, 0x1000, "uart3"},
    {0x12c60000, 0x1000, "i2c0"},
    {0x12c70000, 0x1000, "i2c1"},
    {0x12c80000, 0x1000, "i2c2"},
    {0x12c90000, 0x1000, "i2c3"},
    {0x12ca0000, 0x1000, "i2c4"},
    {0x12cb0000, 0x1000, "i2c5"},
    {0x12cc0000, 0x1000, "i2c6"},
    {0x12cd0000, 0x1000, "i2c7"},
    {0x12ce0000, 0x1000, "i2c-hdmiphy"},
    {0x12d10000, 0x1000, "adc"},
    {0x12d20000, 0x1000, "spi0"},
    {0x12d30000, 0x1000, "spi1"},
    {0x12d40000, 0x1000, "spi2"},
    {0x12d60000, 0x1000, "i2s1"},
    {0x12d70000, 0x1000, "i2s2"},
    {0x12dd0000, 0x2000, "pwm"},
    {0x13260000, 0xa0000, "sysmmu-isp"},
    {0x13400000, 0x1000, "pinctrl1"},
    {0x13c40000, 0x20000, "sysmmu-isp2"},
    {0x13e00000, 0x40000, "gsc"},
    {0x13e80000, 0x40000, "sysmmu-gsc"},
    {0x14400000, 0x40000, "fimd"},
    {0x14450000, 0x10000, "mixer"},
    {0x14500000, 0x10000, "dsim"},
    {0x14530000, 0x70000, "hdmi"},
    {0x145b0000, 0x1000, "dp"},
    {0x14640000, 0x20000, "sysmmu-disp"},
};

gboolean ht_map_add_machine(HtMap *map, const char *machine)
{
    if (g_strcmp0(machine, "arndale") != 0) {
        return FALSE;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(arndale); i++) {
        ht_map_add(map, arndale[i].base, arndale[i].size_bytes, arndale[i].name);
    }
    return TRUE;
}
