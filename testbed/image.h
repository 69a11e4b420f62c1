/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes what a scenario boots from: the card, or the files of a direct boot. */
#ifndef TESTBED_IMAGE_H
#define TESTBED_IMAGE_H

#include <stdbool.h>

#include <glib.h>

#include "testbed/scenario.h"
#include "testbed/source.h"

/* In the image's directory: the files of [Served]. */
#define TB_SERVED "served"

/* Paths of the parts; NULL where the scenario has no such part. */
typedef struct TbImage {
    char *directory;
    char *card, *kernel, *initrd, *dtb;
    char *manifest; /* text: packages, versions and checksums that went in */
} TbImage;

/* Makes build/images/NAME (NAME-auto for TB_MODE_AUTO) unless it is there and made of the same
 * inputs.  What is half-made stands beside it under another name and is removed on failure.
 * Says what it does on standard output.  NULL with TB_ERROR_SETUP, _USAGE or _INTERRUPTED. */
TbImage *tb_image_make(const TbScenario *scenario, const char *mode, GError **error);
void tb_image_free(TbImage *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TbImage, tb_image_free)

#endif
