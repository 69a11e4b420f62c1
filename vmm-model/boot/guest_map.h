/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a guest finds what, in intermediate physical addresses; what its device tree says. */
#ifndef VMM_BOOT_GUEST_MAP_H
#define VMM_BOOT_GUEST_MAP_H

#define GUEST_DEVICE         0x10000000u   /* 16 words for the image's own guest */
#define GUEST_UART           0x1c090000u   /* PL011 */
#define GUEST_UART_INTID     37
#define GUEST_RTC            0x1c170000u   /* PL031 */
#define GUEST_RTC_INTID      36
#define GUEST_GPIO           0x1c1d0000u   /* PL061, with the power button */
#define GUEST_GPIO_INTID     39
#define GUEST_GPIO_BUTTON    3
#define GUEST_VIRTIO         0x1c130000u   /* virtio-mmio, 4 KiB each */
#define GUEST_VIRTIO_BYTES   0x1000u
#define GUEST_VIRTIO_INTID   48            /* of the first; the others follow */
#define GUEST_VIRTIO_MAX     8
#define GUEST_GICD           0x2c001000u
#define GUEST_GICC           0x2c002000u
#define GUEST_GICC_BYTES     0x2000u
#define GUEST_RAM            0x40000000u

#endif
