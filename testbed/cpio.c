/* SPDX-License-Identifier: BSD-2-Clause */
/* cpio "newc" writer. */
#include "testbed/cpio.h"

#include <string.h>
#include <sys/stat.h>

#include <gio/gio.h>

#define ALIGNMENT 4   /* headers with names, and file data, are padded to this many bytes */
#define BLOCK     512 /* the whole archive is padded to this many bytes */

typedef struct Writer {
    GByteArray *out;
    unsigned inode;
} Writer;

static void pad(GByteArray *out, unsigned alignment)
{
    static const guint8 zeros[BLOCK];
    unsigned over = out->len % alignment;

    g_byte_array_append(out, zeros, over ? alignment - over : 0);
}

static void put_member(Writer *writer, const char *name, unsigned mode, const void *data,
                       size_t length)
{
    unsigned links = S_ISDIR(mode) ? 2 : 1;
    g_autofree char *header =
        g_strdup_printf("070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X",
                        writer->inode++, mode, 0, 0, links, 0, (unsigned)length, 0, 0, 0, 0,
                        (unsigned)strlen(name) + 1, 0);

    g_byte_array_append(writer->out, (const guint8 *)header, strlen(header));
    g_byte_array_append(writer->out, (const guint8 *)name, strlen(name) + 1);
    pad(writer->out, ALIGNMENT);
    g_byte_array_append(writer->out, data, length);
    pad(writer->out, ALIGNMENT);
}

static bool put_node(const char *path, const TbNode *node, void *data, GError **error)
{
    size_t length = 0;
    const void *bytes = node->bytes ? g_bytes_get_data(node->bytes, &length) : NULL;

    if (path[1]) {
        put_member(data, path + 1, node->mode, bytes, length);
    }
    return true;
}

GBytes *tb_cpio(const TbTree *tree)
{
    Writer writer = { g_byte_array_new(), 1 };

    tb_tree_visit(tree, put_node, &writer, NULL);
    writer.inode = 0;
    put_member(&writer, "TRAILER!!!", 0, NULL, 0);
    pad(writer.out, BLOCK);
    return g_byte_array_free_to_bytes(writer.out);
}

GBytes *tb_cpio_gz(const TbTree *tree, GError **error)
{
    g_autoptr(GBytes) plain = tb_cpio(tree);
    g_autoptr(GInputStream) in = g_memory_input_stream_new_from_bytes(plain);
    g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
    g_autoptr(GInputStream) packed = g_converter_input_stream_new(in, G_CONVERTER(gzip));
    g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable();

    if (g_output_stream_splice(out, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0) {
        return NULL;
    }
    return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(out));
}
