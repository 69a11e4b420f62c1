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
