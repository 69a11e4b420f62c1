# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: a QTest per device.
for test in "$build"/qemu/tests/qtest/exynos5/*-test; do
    run "qtest/$(basename "$test")" env -C "$build/qemu" \
        QTEST_QEMU_BINARY=./qemu-system-arm "$test" --tap -k
done

# The hosts with DMA, with more of what no test thought of.
dma_fuzz()
{
    local seed
    for seed in $(seq 2 "$1"); do
        env -C "$build/qemu" EXYNOS5_DMA_FUZZ="$seed,4000" QTEST_QEMU_BINARY=./qemu-system-arm \
            tests/qtest/exynos5/exynos5_dma_fuzz-test --tap -k || return
    done
}
run_long qtest/dma-fuzz-long dma_fuzz 40

# QEMU's own tests of its Arm machines: what passes on stock QEMU passes on ours.
upstream_qtests()
{
    local test=$top/tests/qtest/upstream-test
    "$top/scripts/qemu-setup" --stock && "$top/scripts/qemu-setup" --target aarch64 &&
        "$top/scripts/qemu-setup" --stock --target aarch64 &&
        "$test" "$build/qemu" "$build/qemu-stock/qemu-system-arm" &&
        "$test" "$build/qemu-aarch64" "$build/qemu-stock-aarch64/qemu-system-aarch64"
}
run_long qtest/upstream upstream_qtests
