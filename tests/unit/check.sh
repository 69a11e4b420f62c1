# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: CMocka unit tests.
for test in "$build"/native/tests/unit/*-test; do
    run "unit/$(basename "$test")" "$test"
done

# The hypervisor's tests once more, with sanitizers and with coverage.
run unit/vmm-coverage "$top/tests/unit/vmm-coverage"

# Its decoders and its distributor with inputs that no test thought of.
run unit/vmm-fuzz "$top/tests/unit/vmm-fuzz" 15
run_long unit/vmm-fuzz-long "$top/tests/unit/vmm-fuzz" 900

# What reads the board's device tree, likewise.
run unit/vmm-config-fuzz "$top/tests/unit/vmm-config-fuzz" 10
run_long unit/vmm-config-fuzz-long "$top/tests/unit/vmm-config-fuzz" 600
