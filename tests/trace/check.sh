# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: traces of real runs, and the trace tools on made-up ones.
run trace/payloads "$top/scripts/build-payloads"
run trace/recorder "$top/tests/trace/recorder-test" -v
run trace/recorder-events "$top/tests/trace/recorder-events-test" -v
run trace/recorder-request "$top/tests/trace/recorder-request-test" -v
run trace/recorder-select "$top/tests/trace/recorder-select-test" -v

trace_gen=$build/native/tests/trace/trace-gen
hyptrace=$build/native/hyptrace/hyptrace
run trace/golden "$top/tests/trace/golden" "$trace_gen" "$hyptrace"
run trace/cli "$top/tests/trace/cli" "$trace_gen" "$hyptrace"
run trace/follow "$top/tests/trace/follow-test" "$trace_gen" "$hyptrace"
run trace/huge "$top/tests/trace/huge-test" 60 "$trace_gen" "$hyptrace"
run_long trace/huge-10-gib "$top/tests/trace/huge-test" 10240 "$trace_gen" "$hyptrace"
run trace/diff "$top/tests/trace/diff-test" "$trace_gen" "$hyptrace"
run trace/slice "$top/tests/trace/slice-test" "$trace_gen" "$hyptrace"
run trace/symbols "$top/tests/trace/symbols-test" "$trace_gen" "$hyptrace"
run trace/fuzz "$top/tests/fuzz/run" 5 "$trace_gen"
run_long trace/fuzz-hour "$top/tests/fuzz/run" 1200 "$trace_gen"
run trace/install "$top/tests/trace/install-test" "$build/native" "$trace_gen"
run trace/report "$top/tests/trace/report-test" "$trace_gen" "$hyptrace"
run_long trace/report-million "$top/tests/trace/report-test" --traps 1000000 "$trace_gen" "$hyptrace"
run trace/babeltrace "$top/tests/trace/babeltrace-generated" "$trace_gen" "$hyptrace"
run trace/recorder-cost "$top/tests/trace/recorder-cost"
