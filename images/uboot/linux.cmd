# Debian's kernel with an initramfs that goes on with the card's second partition.
setenv bootargs console=ttySAC2,115200n8 earlycon=exynos4210,0x12c20000 testbed.mode=@MODE@ testbed.root=root
load mmc 1:1 0x42000000 /vmlinuz
load mmc 1:1 0x43000000 /exynos5250-arndale.dtb
load mmc 1:1 0x43300000 /initrd.gz
bootz 0x42000000 0x43300000:${filesize} 0x43000000
