# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: CMocka unit tests.
for test in "$build"/native/tests/unit/*-test; do
    run "unit/$(basename "$test")" "$test"
done
