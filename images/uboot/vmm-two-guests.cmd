# vmm-model with two Linux guests, with a root each, and a small one beside them.
setenv vmm 0x42000000
setenv fdt 0x43000000
setenv kernel 0x50000000
setenv initrd 0x52000000
setenv image 0x54000000

load mmc 1:1 ${fdt} /exynos5250-arndale.dtb
fdt addr ${fdt}
fdt resize 0x4000
load mmc 1:1 ${kernel} /vmlinuz
setenv kernel_size ${filesize}
load mmc 1:1 ${initrd} /initrd.gz
setenv initrd_size ${filesize}

fdt mknode /chosen linux1
fdt set /chosen/linux1 compatible "vmm-model,guest"
fdt set /chosen/linux1 "#address-cells" <1>
fdt set /chosen/linux1 "#size-cells" <1>
fdt set /chosen/linux1 memory <0 0x20000>
fdt set /chosen/linux1 cpus <2>
fdt set /chosen/linux1 disk <2>
fdt mknode /chosen/linux1 module@50000000
fdt set /chosen/linux1/module@50000000 compatible "multiboot,kernel" "multiboot,module"
fdt set /chosen/linux1/module@50000000 reg <${kernel} 0x${kernel_size}>
fdt set /chosen/linux1/module@50000000 bootargs "console=ttyAMA0 testbed.mode=auto testbed.root=root"
fdt mknode /chosen/linux1 module@52000000
fdt set /chosen/linux1/module@52000000 compatible "multiboot,ramdisk" "multiboot,module"
fdt set /chosen/linux1/module@52000000 reg <${initrd} 0x${initrd_size}>

fdt mknode /chosen linux2
fdt set /chosen/linux2 compatible "vmm-model,guest"
fdt set /chosen/linux2 "#address-cells" <1>
fdt set /chosen/linux2 "#size-cells" <1>
fdt set /chosen/linux2 memory <0 0x20000>
fdt set /chosen/linux2 cpus <2>
fdt set /chosen/linux2 disk <3>
fdt mknode /chosen/linux2 module@50000000
fdt set /chosen/linux2/module@50000000 compatible "multiboot,kernel" "multiboot,module"
fdt set /chosen/linux2/module@50000000 reg <${kernel} 0x${kernel_size}>
fdt set /chosen/linux2/module@50000000 bootargs "console=ttyAMA0 testbed.mode=auto testbed.root=root"
fdt mknode /chosen/linux2 module@52000000
fdt set /chosen/linux2/module@52000000 compatible "multiboot,ramdisk" "multiboot,module"
fdt set /chosen/linux2/module@52000000 reg <${initrd} 0x${initrd_size}>

load mmc 1:1 ${image} /guest.bin
fdt mknode /chosen small
fdt set /chosen/small compatible "vmm-model,guest"
fdt set /chosen/small "#address-cells" <1>
fdt set /chosen/small "#size-cells" <1>
fdt set /chosen/small memory <0 0x800>
fdt set /chosen/small cpus <2>
fdt mknode /chosen/small module@54000000
fdt set /chosen/small/module@54000000 compatible "vmm-model,image" "multiboot,module"
fdt set /chosen/small/module@54000000 reg <${image} 0x${filesize}>

load mmc 1:1 ${vmm} /vmm
bootz ${vmm} - ${fdt}
