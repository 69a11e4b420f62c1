/* SPDX-License-Identifier: BSD-2-Clause */
/* Boards and ways to run them. */
#include "testbed/ve_matrix.h"

#define ARGUMENTS(...) (const char *const[]) { __VA_ARGS__, NULL }

/* tests/payloads/lib/board_LABEL.c is the payload's side of each; scripts/build-payloads has the list. */
const TbVeBoard tb_ve_boards[] = {
    { "arndale", "arndale", "arndale", ARGUMENTS("-M", "arndale"), 0x401ff000 },
    { "virt", "virt", "virt",
      ARGUMENTS("-M", "virt,virtualization=on,gic-version=2", "-cpu", "cortex-a15", "-nic", "none"),
      0x401ff000 },
    { "virt,secure=on", "virt-secure", "virt",
      ARGUMENTS("-M", "virt,virtualization=on,secure=on,gic-version=2", "-cpu", "cortex-a15",
                "-nic", "none"),
      0x401ff000 },
    { "vexpress-a15", "vexpress-a15", "vexpress-a15",
      ARGUMENTS("-M", "vexpress-a15,virtualization=on,secure=off", "-m", "256", "-nic", "none",
                "-audio", "none"),
      0x801ff000 },
};
const unsigned tb_ve_board_count = G_N_ELEMENTS(tb_ve_boards);

/* With -icount time passes with instructions alone, and the payload is told so. */
const TbVeMode tb_ve_modes[] = {
    { "smp1", "1", "single", ARGUMENTS("-smp", "1"), 0 },
    { "smp2", "2", "multi", ARGUMENTS("-smp", "2", "-accel", "tcg,thread=multi"), 0 },
    { "smp2-single", "2", "single", ARGUMENTS("-smp", "2", "-accel", "tcg,thread=single"), 0 },
    { "icount", "1", "icount", ARGUMENTS("-smp", "1", "-icount", "shift=4,sleep=off"), 1 },
};
const unsigned tb_ve_mode_count = G_N_ELEMENTS(tb_ve_modes);

const TbVeBoard *tb_ve_find_board(const char *name)
{
    for (unsigned i = 0; i < tb_ve_board_count; i++) {
        if (g_str_equal(tb_ve_boards[i].name, name) || g_str_equal(tb_ve_boards[i].label, name)) {
            return &tb_ve_boards[i];
        }
    }
    return NULL;
}

const TbVeMode *tb_ve_find_mode(const char *name)
{
    for (unsigned i = 0; i < tb_ve_mode_count; i++) {
        if (g_str_equal(tb_ve_modes[i].name, name)) {
            return &tb_ve_modes[i];
        }
    }
    return NULL;
}

const TbVeMode *tb_ve_mode_of(const char *cpus, const char *tcg)
{
    for (unsigned i = 0; i < tb_ve_mode_count; i++) {
        if (g_str_equal(tb_ve_modes[i].cpus, cpus) && g_str_equal(tb_ve_modes[i].tcg, tcg)) {
            return &tb_ve_modes[i];
        }
    }
    return NULL;
}

char *tb_ve_board_names(void)
{
    GString *names = g_string_new(NULL);

    for (unsigned i = 0; i < tb_ve_board_count; i++) {
        g_string_append_printf(names, "%s%s", i ? "  " : "", tb_ve_boards[i].name);
    }
    return g_string_free(names, FALSE);
}

char *tb_ve_mode_names(void)
{
    GString *names = g_string_new(NULL);

    for (unsigned i = 0; i < tb_ve_mode_count; i++) {
        g_string_append_printf(names, "%s%s", i ? "  " : "", tb_ve_modes[i].name);
    }
    return g_string_free(names, FALSE);
}

static void add_all(GPtrArray *arguments, const char *const *more)
{
    for (int i = 0; more[i]; i++) {
        g_ptr_array_add(arguments, g_strdup(more[i]));
    }
}

char **tb_ve_command(const char *qemu, const TbVeBoard *board, const TbVeMode *mode, const char *elf)
{
    GPtrArray *arguments = g_ptr_array_new();

    g_ptr_array_add(arguments, g_strdup(qemu));
    add_all(arguments, board->arguments);
    add_all(arguments, mode->arguments);
    if (mode->payload_argument) {
        g_ptr_array_add(arguments, g_strdup("-device"));
        g_ptr_array_add(arguments, g_strdup_printf("loader,addr=0x%x,data=%u,data-len=4",
                                                   board->arguments_address,
                                                   mode->payload_argument));
    }
    add_all(arguments, ARGUMENTS("-display", "none", "-monitor", "none", "-serial", "stdio",
                                 "-no-reboot", "-kernel", elf));
    g_ptr_array_add(arguments, NULL);
    return (char **)g_ptr_array_free(arguments, FALSE);
}
