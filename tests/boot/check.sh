# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: the boot ROM, and whole systems (docs/scenarios.md).
run boot/bootrom "$top/tests/boot/bootrom-test" "$qemu"
run boot/direct-boot "$top/tests/boot/direct-boot-test" "$qemu"

# The scenarios' time limits are for a machine that has nothing else to do.
testbed=$build/native/testbed/testbed
run boot/testbed "$top/tests/boot/testbed-test" "$testbed" "$qemu"
for scenario in uboot linux xen-dom0less xen-xl; do
    run "boot/$scenario" "$testbed" run --timeout-scale 3 "$scenario"
done

# The same twice, the second time on a busy host.
hyptrace=$build/native/hyptrace/hyptrace
run boot/deterministic-uboot "$top/tests/boot/determinism-test" "$testbed" "$hyptrace" uboot
run boot/deterministic-xen "$top/tests/boot/determinism-test" "$testbed" "$hyptrace" xen-dom0less 40000
