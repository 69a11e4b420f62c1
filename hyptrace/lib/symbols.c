/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Symbol tables of ELF files, read with libelf.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <gelf.h>

#include "hyptrace/lib/bytes.h"
#include "hyptrace/lib/error.h"
#include "hyptrace/lib/symbols.h"

struct symbol {
    uint32_t address;
    uint32_t end;      /* exclusive; of a label: where the next symbol begins */
    bool sized;
    const char *name;
};

/* Bytes of an executable section. */
struct code {
    uint32_t address;
    uint32_t size_bytes;
    const uint8_t *bytes;
};

struct file {
    char *path;
    uint32_t space;
    uint32_t offset;   /* added to the file's addresses */
    int fd;
    Elf *elf;
    char *build_id;    /* hexadecimal, or NULL */
    GArray *symbols;   /* struct symbol, ascending */
    GArray *code;      /* struct code */
    uint64_t checked, others;
};

struct HtSymbols {
    GPtrArray *files;
};

static void free_file(gpointer data)
{
    struct file *file = data;

    elf_end(file->elf);
    if (file->fd >= 0) {
        close(file->fd);
    }
    g_clear_pointer(&file->symbols, g_array_unref);
    g_clear_pointer(&file->code, g_array_unref);
    g_free(file->build_id);
    g_free(file->path);
    g_free(file);
}

HtSymbols *ht_symbols_new(void)
{
    HtSymbols *symbols = g_new0(HtSymbols, 1);

    elf_version(EV_CURRENT);
    symbols->files = g_ptr_array_new_with_free_func(free_file);
    return symbols;
}

void ht_symbols_free(HtSymbols *symbols)
{
    if (symbols) {
        g_ptr_array_unref(symbols->files);
        g_free(symbols);
    }
}

/* A function, or a label of assembly code that is not one of the mapping symbols (AAELF32 5.5.5). */
static bool is_code(const GElf_Sym *sym, const char *name)
{
    unsigned type = GELF_ST_TYPE(sym->st_info);

    return sym->st_shndx != SHN_UNDEF && sym->st_shndx < SHN_LORESERVE && name && *name &&
           *name != '$' && (type == STT_FUNC || type == STT_NOTYPE);
}

static bool is_executable(Elf *elf, unsigned section)
{
    Elf_Scn *scn = elf_getscn(elf, section);
    GElf_Shdr header;

    return scn && gelf_getshdr(scn, &header) && (header.sh_flags & SHF_EXECINSTR);
}

static void take_symbols(struct file *file, Elf_Scn *scn, const GElf_Shdr *header)
{
    Elf_Data *data = elf_getdata(scn, NULL);
    size_t count = data && header->sh_entsize ? header->sh_size / header->sh_entsize : 0;
    GElf_Sym sym;

    for (size_t i = 0; i < count && gelf_getsym(data, (int)i, &sym); i++) {
        const char *name = elf_strptr(file->elf, header->sh_link, sym.st_name);
        struct symbol symbol;

        if (is_code(&sym, name) && is_executable(file->elf, sym.st_shndx)) {
            /* bit 0 of a function's value says T32, AAELF32 5.5.3 */
            symbol.address = (uint32_t)(sym.st_value & ~UINT64_C(1)) + file->offset;
            symbol.end = symbol.address + (uint32_t)sym.st_size;
            symbol.sized = sym.st_size != 0;
            symbol.name = name;
            g_array_append_val(file->symbols, symbol);
        }
    }
}

static void take_code(struct file *file, Elf_Scn *scn, const GElf_Shdr *header)
{
    Elf_Data *data = elf_rawdata(scn, NULL);
    struct code code;

    if (data && data->d_buf) {
        code.address = (uint32_t)header->sh_addr + file->offset;
        code.size_bytes = (uint32_t)data->d_size;
        code.bytes = data->d_buf;
        g_array_append_val(file->code, code);
    }
}

static void take_build_id(struct file *file, Elf_Scn *scn)
{
    Elf_Data *data = elf_getdata(scn, NULL);
    size_t offset = 0, name, content;
    GElf_Nhdr note;

    while (data && (offset = gelf_getnote(data, offset, &note, &name, &content)) > 0) {
        if (note.n_type == NT_GNU_BUILD_ID && !file->build_id) {
            GString *text = g_string_new(NULL);

            for (size_t i = 0; i < note.n_descsz; i++) {
                g_string_append_printf(text, "%02x", ((uint8_t *)data->d_buf)[content + i]);
            }
            file->build_id = g_string_free(text, FALSE);
        }
    }
}

static int by_address(gconstpointer a, gconstpointer b)
{
    const struct symbol *x = a, *y = b;

    if (x->address != y->address) {
        return x->address < y->address ? -1 : 1;
    }
    if (x->sized != y->sized) {
        return x->sized ? 1 : -1; /* the last one of an address is found */
    }
    return -strcmp(x->name, y->name);
}

static void take_sections(struct file *file)
{
    Elf_Scn *scn = NULL;
    GElf_Shdr header;

    while ((scn = elf_nextscn(file->elf, scn)) && gelf_getshdr(scn, &header)) {
        if (header.sh_type == SHT_SYMTAB) {
            take_symbols(file, scn, &header);
        } else if (header.sh_type == SHT_NOTE) {
            take_build_id(file, scn);
        } else if (header.sh_type == SHT_PROGBITS && (header.sh_flags & SHF_EXECINSTR)) {
            take_code(file, scn, &header);
        }
    }
    g_array_sort(file->symbols, by_address);
}

static gboolean fail(GError **error, HtError code, const struct file *file, const char *what)
{
    g_set_error(error, HT_ERROR, code, "%s: %s", file->path, what);
    return FALSE;
}

static gboolean load(struct file *file, GError **error)
{
    GElf_Ehdr header;

    file->fd = open(file->path, O_RDONLY | O_CLOEXEC);
    if (file->fd < 0) {
        return fail(error, HT_ERROR_IO, file, g_strerror(errno));
    }
    file->elf = elf_begin(file->fd, ELF_C_READ, NULL);
    if (!file->elf || !gelf_getehdr(file->elf, &header) || header.e_machine != EM_ARM ||
        header.e_ident[EI_DATA] != ELFDATA2LSB) {
        return fail(error, HT_ERROR_FOREIGN, file, "not an ELF file for 32-bit Arm");
    }
    take_sections(file);
    return file->symbols->len ||
           fail(error, HT_ERROR_EMPTY, file, "no symbols of code: the file is stripped");
}

/* "SPACE" as a number; FALSE for no name of one. */
static gboolean find_space(const HtVmNames *names, const char *name, uint32_t *space)
{
    int vm = ht_vm_names_find(names, name);

    *space = !strcmp(name, "hyp") ? HT_SPACE_HYP : (uint32_t)vm;
    return *space == HT_SPACE_HYP ? !strcmp(name, "hyp") : vm >= 0;
}

/* Takes "+0x1000" off the end of a file's name. */
static uint32_t take_offset(char *path)
{
    char *plus = strrchr(path, '+'), *end;
    guint64 offset = plus ? g_ascii_strtoull(plus + 1, &end, 0) : 0;

    if (!plus || end == plus + 1 || *end) {
        return 0;
    }
    *plus = '\0';
    return (uint32_t)offset;
}

static gboolean take_pair(HtSymbols *symbols, const HtVmNames *names, const char *pair,
                          GError **error)
{
    const char *path = strchr(pair, '=');
    g_autofree char *name = path ? g_strndup(pair, path - pair) : NULL;
    struct file *file;
    uint32_t space;

    if (!path || !path[1] || !find_space(names, name, &space)) {
        g_set_error(error, HT_ERROR, HT_ERROR_SYNTAX,
                    "'%s' is not SPACE=FILE with a VM, 'host' or 'hyp' as SPACE", pair);
        return FALSE;
    }
    file = g_new0(struct file, 1);
    file->path = g_strdup(path + 1);
    file->space = space;
    file->offset = take_offset(file->path);
    file->symbols = g_array_new(FALSE, FALSE, sizeof(struct symbol));
    file->code = g_array_new(FALSE, FALSE, sizeof(struct code));
    g_ptr_array_add(symbols->files, file);
    return load(file, error);
}

gboolean ht_symbols_parse(HtSymbols *symbols, const HtVmNames *names, const char *text,
                          GError **error)
{
    g_auto(GStrv) pairs = g_strsplit(text, ",", -1);

    if (!*pairs) {
        return take_pair(symbols, names, "", error);
    }
    for (char **pair = pairs; *pair; pair++) {
        if (!take_pair(symbols, names, *pair, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The last symbol at or before address. */
static const struct symbol *search(const struct file *file, uint32_t address)
{
    const struct symbol *all = (const struct symbol *)file->symbols->data;
    unsigned low = 0, high = file->symbols->len;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;

        if (all[middle].address <= address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? &all[low - 1] : NULL;
}

static const struct code *find_code(const struct file *file, uint32_t address, unsigned bytes)
{
    for (unsigned i = 0; i < file->code->len; i++) {
        const struct code *code = &g_array_index(file->code, struct code, i);

        if (address >= code->address && code->size_bytes >= bytes &&
            address - code->address <= code->size_bytes - bytes) {
            return code;
        }
    }
    return NULL;
}

const char *ht_symbols_find(const HtSymbols *symbols, uint32_t space, uint32_t address,
                            uint32_t *offset_bytes)
{
    for (unsigned i = 0; i < symbols->files->len; i++) {
        const struct file *file = g_ptr_array_index(symbols->files, i);
        const struct symbol *symbol = file->space == space ? search(file, address) : NULL;

        if (symbol && (symbol->sized ? address < symbol->end
                                     : find_code(file, address, 1) != NULL)) {
            *offset_bytes = address - symbol->address;
            return symbol->name;
        }
    }
    return NULL;
}

static uint32_t load_insn(const uint8_t *bytes, unsigned halfwords, bool thumb)
{
    if (halfwords == 1) {
        return ht_le16(bytes);
    }
    return thumb ? (uint32_t)ht_le16(bytes) << 16 | ht_le16(bytes + 2) : ht_le32(bytes);
}

void ht_symbols_check(HtSymbols *symbols, uint32_t space, uint32_t address, uint32_t insn,
                      unsigned halfwords, bool thumb)
{
    for (unsigned i = 0; i < symbols->files->len; i++) {
        struct file *file = g_ptr_array_index(symbols->files, i);
        const struct code *code = file->space == space
                                  ? find_code(file, address, 2 * halfwords) : NULL;

        if (code) {
            file->checked++;
            file->others += load_insn(code->bytes + (address - code->address), halfwords,
                                      thumb) != insn;
        }
    }
}

char *ht_symbols_mismatch(const HtSymbols *symbols)
{
    for (unsigned i = 0; i < symbols->files->len; i++) {
        const struct file *file = g_ptr_array_index(symbols->files, i);

        if (file->others > file->checked / 2) {
            return g_strdup_printf("%s: of another build (its build-id is %s): %" G_GUINT64_FORMAT
                                   " of %" G_GUINT64_FORMAT " recorded instructions are not in it",
                                   file->path, file->build_id ? file->build_id : "missing",
                                   file->others, file->checked);
        }
    }
    return NULL;
}
