# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: the boot ROM, and whole systems (docs/scenarios.md).
run boot/bootrom "$top/tests/boot/bootrom-test" "$qemu"
run boot/vmm-build "$top/scripts/build-vmm"
run boot/vmm "$top/tests/boot/vmm-test" "$qemu" "$build/vmm/vmm.elf"
run boot/vmm-faults "$top/tests/boot/vmm-faults-test" "$qemu" "$build/vmm"
run boot/vmm-hostile "$top/tests/boot/vmm-hostile-test" "$qemu" "$build/vmm"
run boot/direct-boot "$top/tests/boot/direct-boot-test" "$qemu"

# The scenarios' time limits are for a machine that has nothing else to do.
testbed=$build/native/testbed/testbed
run boot/testbed "$top/tests/boot/testbed-test" "$testbed" "$qemu"
run boot/vmm-direct "$top/tests/boot/vmm-direct-test" "$testbed" "$qemu" "$build/vmm"
run boot/vmm-pair "$top/tests/boot/vmm-pair-test" "$testbed" "$qemu" "$build/vmm"
run boot/vmm-typed "$top/tests/boot/vmm-typed-test" "$testbed" "$qemu" "$build/vmm"
run_long boot/vmm-pair-100 "$top/tests/boot/vmm-pair-test" "$testbed" "$qemu" "$build/vmm" 100
run boot/payloads "$top/scripts/build-payloads"
run boot/freebsd "$top/tests/boot/freebsd-test" "$testbed" "$qemu"
for scenario in uboot linux usb emmc xen-xl vmm-linux vmm-two-guests vmm-hosted; do
    run "boot/$scenario" "$testbed" run --timeout-scale 3 "$scenario"
done
# Minutes of each; the normal run has the devices' QTests.
for scenario in usb3 net sata vmm-smp4; do
    run_long "boot/$scenario" "$testbed" run --timeout-scale 3 "$scenario"
done
xen_trace=$build/runs/xen-dom0less/trace
rm -rf "$xen_trace"
run boot/xen-dom0less "$testbed" run --timeout-scale 3 --trace "$xen_trace" xen-dom0less

# Babeltrace 2 and our reader agree on every event of that boot.
hyptrace=$build/native/hyptrace/hyptrace
run boot/xen-dom0less-babeltrace "$top/tests/trace/babeltrace-check" "$hyptrace" "$xen_trace"

# The same twice, the second time on a busy host.
run boot/deterministic-uboot "$top/tests/boot/determinism-test" "$testbed" "$hyptrace" uboot
run boot/deterministic-xen "$top/tests/boot/determinism-test" "$testbed" "$hyptrace" xen-dom0less 40000

# Recorded and replayed with both CPUs, and backwards under gdb.
race=$build/payloads/race-arndale.elf
run boot/record-replay "$top/tests/boot/record-replay-test" "$qemu" 5
run_long boot/record-replay-50 "$top/tests/boot/record-replay-test" "$qemu" 50
run boot/record-replay-input "$top/tests/boot/record-input-test" "$qemu" "$testbed"
run boot/record-replay-reverse "$top/tests/boot/reverse-test" "$qemu" "$race" 16
run_long boot/record-replay-reverse-100 "$top/tests/boot/reverse-test" "$qemu" "$race" 100

# Debian's kernels on other CPU types and machines, from both programs of QEMU.
run boot/virt-cpus "$top/tests/boot/virt-cpus-test" "$testbed" "$qemu" cortex-a7 multi
virt_cpus_all()
{
    local test=$top/tests/boot/virt-cpus-test
    "$top/scripts/qemu-setup" --target aarch64 &&
        "$test" "$testbed" "$qemu" cortex-a7,cortex-a15 &&
        "$test" "$testbed" "$build/qemu-aarch64/qemu-system-aarch64" cortex-a7,cortex-a15,cortex-a53,max
}
run_long boot/virt-cpus-all virt_cpus_all

# dom0 reaches IPAs beyond 4 GiB; on stock QEMU it must not.
xen_lpae()
{
    "$top/scripts/qemu-setup" --stock &&
        "$top/tests/boot/xen-lpae-test" "$testbed" "$qemu" "$build/qemu-stock/qemu-system-arm"
}
run_long boot/xen-lpae xen_lpae
