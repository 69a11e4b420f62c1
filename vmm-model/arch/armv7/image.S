/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest that is part of the image. */
        .section .rodata
        .balign 4
        .global guest_image, guest_image_end
guest_image:
        .incbin GUEST_IMAGE
guest_image_end:
