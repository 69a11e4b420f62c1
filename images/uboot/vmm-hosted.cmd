# vmm-model in stub mode: a host in PL1 that runs a guest by calling Hyp.
load mmc 1:1 0x42000000 /vmm
load mmc 1:1 0x43000000 /exynos5250-arndale.dtb
bootz 0x42000000 - 0x43000000
