/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recognises FreeBSD's kernels. */
#include "qemu/osdep.h"
#include "elf.h"
#include "hw/arm/exynos5/arndale_boot.h"

static const char freebsd_interpreter[] = "/red/herring";

/* Whether program header @ph of the file names FreeBSD's interpreter. */
static bool names_interpreter(const char *bytes, gsize size,
                              const Elf32_Phdr *ph)
{
    uint64_t offset = le32_to_cpu(ph->p_offset);

    return le32_to_cpu(ph->p_type) == PT_INTERP &&
           offset + sizeof(freebsd_interpreter) <= size &&
           memcmp(bytes + offset, freebsd_interpreter,
                  sizeof(freebsd_interpreter)) == 0;
}

bool arndale_is_freebsd_elf(const char *file)
{
    g_autofree char *bytes = NULL;
    gsize size;
    Elf32_Ehdr header;
    uint64_t at;

    if (!g_file_get_contents(file, &bytes, &size, NULL) ||
        size < sizeof(header)) {
        return false;
    }
    memcpy(&header, bytes, sizeof(header));
    if (header.e_ident[EI_OSABI] == ELFOSABI_FREEBSD) {
        return true;
    }
    at = le32_to_cpu(header.e_phoff);
    for (unsigned i = 0; i < le16_to_cpu(header.e_phnum); i++) {
        Elf32_Phdr ph;

        if (at + sizeof(ph) > size) {
            return false;
        }
        memcpy(&ph, bytes + at, sizeof(ph));
        if (names_interpreter(bytes, size, &ph)) {
            return true;
        }
        at += sizeof(ph);
    }
    return false;
}
