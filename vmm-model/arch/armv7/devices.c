/* SPDX-License-Identifier: BSD-2-Clause */
/* The devices of the board's guests. */
#include <stddef.h>
#include "arch/armv7/armv7.h"
#include "arch/armv7/devices.h"
#include "boot/guest_map.h"
#include "core/vm.h"

#define COUNT_HZ 24000000u

_Static_assert(GUEST_GPIO_BUTTON == PL061_POWER_BUTTON, "guest_map.h");

static struct net_switch network;

/* The count, mixed (splitmix64): good enough to boot with, and nothing to make keys of.  The board's
 * own generator is the secure firmware's. */
static void fill_random(void *opaque, void *to, size_t size_bytes)
{
    static uint64_t state;
    uint8_t *at = to;

    (void)opaque;
    for (size_t i = 0; i < size_bytes; i++) {
        uint64_t z = __atomic_add_fetch(&state, arch_counter() + 0x9e3779b97f4a7c15ull,
                                        __ATOMIC_RELAXED);

        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ z >> 27) * 0x94d049bb133111ebull;
        at[i] = (uint8_t)(z ^ z >> 31);
    }
}

static int add_virtio(struct virtio *virtio, unsigned place)
{
    return vm_add_device(virtio->hyp, (struct mmio_region) {
        .base = ipa_init(GUEST_VIRTIO + place * GUEST_VIRTIO_BYTES),
        .size_bytes = VIRTIO_MMIO_BYTES, .handler = virtio_access, .opaque = virtio,
        .ops = &virtio_device_ops,
    });
}

static void release_button(struct vm_alarm *alarm)
{
    struct guest_devices *devices =
        (struct guest_devices *)((char *)alarm - offsetof(struct guest_devices, release));

    pl061_set_pin(&devices->gpio, PL061_POWER_BUTTON, false);
}

void devices_press_button(struct guest_devices *devices)
{
    pl061_set_pin(&devices->gpio, PL061_POWER_BUTTON, true);
    alarm_set(devices->gpio.hyp, &devices->release, arch_counter() + COUNT_HZ / 10);
}

static int add_clock_and_button(struct guest_devices *devices, struct hyp *hyp)
{
    int status;

    pl031_init(&devices->rtc, hyp, GUEST_RTC_INTID, COUNT_HZ, 0);
    pl061_init(&devices->gpio, hyp, GUEST_GPIO_INTID);
    alarm_add(hyp, &devices->release, release_button);
    status = vm_add_device(hyp, (struct mmio_region) {
        .base = ipa_init(GUEST_RTC), .size_bytes = 0x1000, .handler = pl031_access,
        .opaque = &devices->rtc, .ops = &pl031_ops,
    });
    if (status < 0) {
        return status;
    }
    return vm_add_device(hyp, (struct mmio_region) {
        .base = ipa_init(GUEST_GPIO), .size_bytes = 0x1000, .handler = pl061_access,
        .opaque = &devices->gpio, .ops = &pl061_ops,
    });
}

int devices_add(struct guest_devices *devices, struct hyp *hyp, unsigned number,
                unsigned first, void (*put)(void *opaque, char c), void *opaque)
{
    const uint8_t mac[NET_MAC_BYTES] = {2, 0, 0, 0, 0, (uint8_t)(number + 1)};
    struct virtio *const virtio[DEVICES_VIRTIO_COUNT] = {
        &devices->net.virtio, &devices->rng.virtio, &devices->console.virtio,
    };
    unsigned intid = GUEST_VIRTIO_INTID + first;
    int status = virtio_net_init(&devices->net, hyp, intid, &network, mac);

    virtio_rng_init(&devices->rng, hyp, intid + 1, fill_random, NULL);
    virtio_console_init(&devices->console, hyp, intid + 2, put, opaque);
    for (unsigned i = 0; i < DEVICES_VIRTIO_COUNT && status == VMM_OK; i++) {
        status = add_virtio(virtio[i], first + i);
    }
    return status == VMM_OK ? add_clock_and_button(devices, hyp) : status;
}
