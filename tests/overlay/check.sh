# SPDX-License-Identifier: BSD-2-Clause
# Sourced by scripts/check: the tree's own order.
run overlay/includes "$top/scripts/check-includes" "$top"
run overlay/patches "$top/scripts/qemu-patches" check
