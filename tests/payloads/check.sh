# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: claims that bare-metal payloads make of the CPU and the board.
run payloads/build "$top/scripts/build-payloads"

# -icount: time passes with instructions alone, 16 ns each, and argument 0 tells the payload so.
icount=(-smp 1 -icount "shift=4,sleep=off" -device "loader,addr=0x401ff000,data=1,data-len=4")
for board in arndale virt; do
    run "payloads/timers-$board" "$top/tests/payloads/run" "$qemu" timers "$board" 60
    run "payloads/timers-$board-icount" "$top/tests/payloads/run" "$qemu" timers "$board" 60 "${icount[@]}"
done

# No wake-up from WFE is lost, whichever way CPUs run.
for board in arndale virt; do
    run "payloads/events-$board" "$top/tests/payloads/run" "$qemu" events "$board" 60 -smp 2
    run "payloads/events-$board-single" "$top/tests/payloads/run" "$qemu" events "$board" 60 \
        -smp 2 -accel tcg,thread=single
    run "payloads/events-$board-icount" "$top/tests/payloads/run" "$qemu" events "$board" 60 \
        -smp 2 -icount shift=4,sleep=off
done
run_long payloads/events-soak "$top/tests/payloads/run" "$qemu" events arndale 600 -smp 2 \
    -device loader,addr=0x401ff004,data=5000000,data-len=4

# The Virtualization Extensions claim by claim; known failures are in ve/expected-failures.tsv.
testbed=$build/native/testbed/testbed
run payloads/ve "$testbed" conformance --timeout 240
run payloads/conformance "$top/tests/payloads/conformance-test" "$testbed"
run payloads/defects-have-rows "$top/tests/payloads/defects-check"

# On stock QEMU each claim of defects.tsv fails.
ve_on_stock()
{
    "$top/scripts/qemu-setup" --stock && "$testbed" conformance --timeout 240 --stock "$build/qemu-stock/qemu-system-arm"
}
run_long payloads/ve-on-stock ve_on_stock

run payloads/sync-aborts "$top/tests/payloads/sync-aborts-test" "$qemu"

# What a FreeBSD 11 kernel relies on, started as its users start it.
run payloads/freebsd-contract "$top/tests/payloads/freebsd-contract-test" "$qemu"
run payloads/bench-switch "$top/tests/payloads/bench-switch-test" "$qemu"
# What a hypervisor needs that is a kernel module, as bhyve on ARMv7.
run payloads/vmm-contract "$top/tests/payloads/vmm-contract-test" "$qemu"
run payloads/secure "$top/tests/payloads/run" "$qemu" secure virt 60 -machine secure=on
run payloads/secure-async-aborts "$top/tests/payloads/run" "$qemu" secure virt 60 -machine secure=on \
    -cpu cortex-a15,async-aborts=on -device loader,addr=0x401ff000,data=1,data-len=4

# On an ARMv8 CPU they find what they find on stock QEMU, but for what the test names.
ve_on_armv8()
{
    "$top/scripts/qemu-setup" --stock &&
        "$top/tests/payloads/armv8-test" "$qemu" "$build/qemu-stock/qemu-system-arm"
}
run_long payloads/armv8 ve_on_armv8
