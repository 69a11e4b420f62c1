# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: claims that bare-metal payloads make of the CPU and the board.
run payloads/build "$top/scripts/build-payloads"

# -icount: time passes with instructions alone, 16 ns each, and argument 0 tells the payload so.
icount=(-smp 1 -icount "shift=4,sleep=off" -device "loader,addr=0x401ff000,data=1,data-len=4")
for board in arndale virt; do
    run "payloads/timers-$board" "$top/tests/payloads/run" "$qemu" timers "$board" 60
    run "payloads/timers-$board-icount" "$top/tests/payloads/run" "$qemu" timers "$board" 60 "${icount[@]}"
done

# The Virtualization Extensions claim by claim; known failures are in ve/expected-failures.tsv.
run payloads/ve "$top/tests/payloads/run-ve" --qemu "$qemu"

# What patches mend in the CPU and the GIC.
for board in arndale virt; do
    run "payloads/defects-$board" "$top/tests/payloads/run" "$qemu" defects "$board" 60
    run "payloads/defects-$board-icount" "$top/tests/payloads/run" "$qemu" defects "$board" 60 "${icount[@]}"
done
run payloads/secure "$top/tests/payloads/run" "$qemu" secure virt 60 -machine secure=on
