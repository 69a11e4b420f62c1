# SPDX-License-Identifier: BSD-2-Clause
"""Device trees of the board with guests for vmm-model, and the modules that they name."""
import subprocess

BOARD = """/dts-v1/;
/ {{
    #address-cells = <1>;
    #size-cells = <1>;
    compatible = "insignal,arndale";
    memory@40000000 {{ device_type = "memory"; reg = <0x40000000 0x80000000>; }};
    chosen {{
{guests}
    }};
}};
"""
GUEST = """        {name} {{
            compatible = "vmm-model,guest";
            #address-cells = <1>;
            #size-cells = <1>;
            {properties}
{modules}
        }};
"""
MODULE = """            module@{address:x} {{
                compatible = "{kind}", "multiboot,module";
                reg = <{address:#x} {size:#x}>;
                bootargs = "{bootargs}";
            }};
"""


def module(kind, address, size, bootargs=""):
    """The text of a module's node; kind is its compatible."""
    return MODULE.format(kind=kind, address=address, size=size, bootargs=bootargs)


def guest(name, modules, memory_kib=0x20000, cpus=1, more=""):
    """The text of a guest's node."""
    properties = f"memory = <0 {memory_kib:#x}>; cpus = <{cpus}>; {more}"
    return GUEST.format(name=name, properties=properties, modules="".join(modules))


def make(path, guests):
    """Writes the tree with these guests to path; returns QEMU's option for it."""
    subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", path],
                   input=BOARD.format(guests="".join(guests)).encode(), check=True)
    return ["-dtb", str(path)]


def loader(path, address):
    """QEMU's option that puts a file into memory."""
    return ["-device", f"loader,file={path},addr={address:#x},force-raw=on"]
