# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: a QTest per device.
for test in "$build"/qemu/tests/qtest/exynos5/*-test; do
    run "qtest/$(basename "$test")" env -C "$build/qemu" \
        QTEST_QEMU_BINARY=./qemu-system-arm "$test" --tap -k
done
