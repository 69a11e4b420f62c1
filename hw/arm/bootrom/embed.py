# SPDX-License-Identifier: GPL-2.0-or-later
"""embed.py BINARY HEADER NAME: writes BINARY as the C array NAME into HEADER."""
import sys

binary, header, name = sys.argv[1:]
with open(binary, "rb") as f:
    data = f.read()
with open(header, "w", encoding="ascii") as f:
    f.write(f"static const uint8_t {name}[] = {{\n")
    for i in range(0, len(data), 12):
        f.write("    " + " ".join(f"0x{b:02x}," for b in data[i:i + 12]) + "\n")
    f.write("};\n")
