/* SPDX-License-Identifier: BSD-2-Clause */
/* The host that is part of the stub's image. */
        .section .rodata
        .balign 4
        .global host_image, host_image_end
host_image:
        .incbin HOST_IMAGE
host_image_end:
