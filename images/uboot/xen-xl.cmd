# Xen with dom0 alone; the guest comes from dom0's toolstack.
setenv xen 0x42000000
setenv fdt 0x43000000
setenv kernel 0x60000000
setenv initrd0 0x62000000

load mmc 1:1 ${fdt} /exynos5250-arndale.dtb
fdt addr ${fdt}
fdt resize 0x4000
fdt set /chosen "#address-cells" <1>
fdt set /chosen "#size-cells" <1>
fdt set /chosen xen,xen-bootargs "console=dtuart dtuart=serial2 dom0_mem=512M bootscrub=0"
fdt set /chosen xen,dom0-bootargs "console=hvc0 iomem=relaxed testbed.mode=@MODE@ testbed.off=board testbed.root=root"

load mmc 1:1 ${kernel} /vmlinuz
fdt mknode /chosen module@60000000
fdt set /chosen/module@60000000 compatible "multiboot,kernel" "multiboot,module"
fdt set /chosen/module@60000000 reg <${kernel} 0x${filesize}>

load mmc 1:1 ${initrd0} /initrd.gz
fdt mknode /chosen module@62000000
fdt set /chosen/module@62000000 compatible "multiboot,ramdisk" "multiboot,module"
fdt set /chosen/module@62000000 reg <${initrd0} 0x${filesize}>

load mmc 1:1 ${xen} /xen
bootz ${xen} - ${fdt}
