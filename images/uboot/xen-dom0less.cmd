# Xen with dom0 and one domain that Xen itself builds.  Everything is read from the card; the
# device tree gets a node per module (Xen's docs/misc/arm/device-tree/booting.txt and
# docs/features/dom0less.pandoc).
setenv xen 0x42000000
setenv fdt 0x43000000
setenv kernel 0x60000000
setenv initrd0 0x62000000
setenv initrd1 0x64000000
setenv kernel1 0x66000000

load mmc 1:1 ${fdt} /exynos5250-arndale.dtb
fdt addr ${fdt}
fdt resize 0x4000
fdt set /chosen "#address-cells" <1>
fdt set /chosen "#size-cells" <1>
fdt set /chosen xen,xen-bootargs "console=dtuart dtuart=serial2 dom0_mem=512M bootscrub=0"
fdt set /chosen xen,dom0-bootargs "console=hvc0 iomem=relaxed testbed.mode=@MODE@ testbed.off=board"

load mmc 1:1 ${kernel} /vmlinuz
fdt mknode /chosen module@60000000
fdt set /chosen/module@60000000 compatible "multiboot,kernel" "multiboot,module"
fdt set /chosen/module@60000000 reg <${kernel} 0x${filesize}>

load mmc 1:1 ${initrd0} /initrd-dom0.gz
fdt mknode /chosen module@62000000
fdt set /chosen/module@62000000 compatible "multiboot,ramdisk" "multiboot,module"
fdt set /chosen/module@62000000 reg <${initrd0} 0x${filesize}>

fdt mknode /chosen domU1
fdt set /chosen/domU1 compatible "xen,domain"
fdt set /chosen/domU1 "#address-cells" <1>
fdt set /chosen/domU1 "#size-cells" <1>
fdt set /chosen/domU1 memory <0 0x20000>
fdt set /chosen/domU1 cpus <1>
fdt set /chosen/domU1 vpl011

load mmc 1:1 ${kernel1} /vmlinuz
fdt mknode /chosen/domU1 module@66000000
fdt set /chosen/domU1/module@66000000 compatible "multiboot,kernel" "multiboot,module"
fdt set /chosen/domU1/module@66000000 reg <${kernel1} 0x${filesize}>
fdt set /chosen/domU1/module@66000000 bootargs "console=ttyAMA0 testbed.mode=@MODE@"

load mmc 1:1 ${initrd1} /initrd-domu.gz
fdt mknode /chosen/domU1 module@64000000
fdt set /chosen/domU1/module@64000000 compatible "multiboot,ramdisk" "multiboot,module"
fdt set /chosen/domU1/module@64000000 reg <${initrd1} 0x${filesize}>

load mmc 1:1 ${xen} /xen
bootz ${xen} - ${fdt}
