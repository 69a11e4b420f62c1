# Debian's kernel with an initramfs and nothing else.
setenv bootargs console=ttySAC2,115200n8 testbed.mode=@MODE@
load mmc 1:1 0x42000000 /vmlinuz
load mmc 1:1 0x43000000 /exynos5250-arndale.dtb
load mmc 1:1 0x43300000 /initrd.gz
bootz 0x42000000 0x43300000:${filesize} 0x43000000
