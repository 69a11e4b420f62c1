# vmm-model with one Linux guest of one vCPU, whose root is the second partition.
setenv vmm 0x42000000
setenv fdt 0x43000000
setenv kernel 0x50000000
setenv initrd 0x52000000

load mmc 1:1 ${fdt} /exynos5250-arndale.dtb
fdt addr ${fdt}
fdt resize 0x4000
load mmc 1:1 ${kernel} /vmlinuz
setenv kernel_size ${filesize}
load mmc 1:1 ${initrd} /initrd.gz
setenv initrd_size ${filesize}

fdt mknode /chosen linux
fdt set /chosen/linux compatible "vmm-model,guest"
fdt set /chosen/linux "#address-cells" <1>
fdt set /chosen/linux "#size-cells" <1>
fdt set /chosen/linux memory <0 0x20000>
fdt set /chosen/linux cpus <1>
fdt set /chosen/linux disk <2>
fdt mknode /chosen/linux module@50000000
fdt set /chosen/linux/module@50000000 compatible "multiboot,kernel" "multiboot,module"
fdt set /chosen/linux/module@50000000 reg <${kernel} 0x${kernel_size}>
fdt set /chosen/linux/module@50000000 bootargs "console=ttyAMA0 testbed.mode=auto testbed.root=root"
fdt mknode /chosen/linux module@52000000
fdt set /chosen/linux/module@52000000 compatible "multiboot,ramdisk" "multiboot,module"
fdt set /chosen/linux/module@52000000 reg <${initrd} 0x${initrd_size}>

load mmc 1:1 ${vmm} /vmm
bootz ${vmm} - ${fdt}
