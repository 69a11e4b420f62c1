# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: traces of real runs.
run trace/payloads "$top/scripts/build-payloads"
run trace/recorder "$top/tests/trace/recorder-test" -v
