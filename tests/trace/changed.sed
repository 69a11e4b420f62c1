# SPDX-License-Identifier: BSD-2-Clause
# sample.txt with four changes: an answer, a missing exit, a new one, no injection.
s/r3=0x02102211/r3=0x02102212/
/hsr=0x4e000000/,+1d
s/^\(0 .*gich_lr .*value=\)0x9a006c1b/\10x0a006c1b/
/^# A timer interrupt of VM 1/i 0 +100 +80 hyp_entry_sync pc=0xc0106100 psr=0x60000013 hsr=0x4a000ea2\n0 +800 +700 hyp_return pc=0xc0106104 psr=0x60000013
