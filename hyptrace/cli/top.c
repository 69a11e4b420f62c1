/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace top: rates of a trace while it is being written.
 */
#include <stdio.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "hyptrace/cli/cli.h"
#include "hyptrace/cli/follow.h"
#include "hyptrace/cli/top.h"

#define POLL_MS 50
#define EVENTS_AT_ONCE 65536 /* before the clock is looked at */

/* VT100 (its user guide, chapter 3): cursor home, erase to the end of the screen. */
#define HOME "\033[H"
#define ERASE_BELOW "\033[J"
#define ERASE_LINE "\033[K"

struct top {
    struct cli_input input;
    gdouble interval_s;
    gboolean once, json;
    bool on_terminal;         /* a picture that is drawn again, not one after another */
    bool keys;                /* q on stdin ends it; old_keyboard is to be restored */
    struct termios old_keyboard;
    struct top_counts now, shown;
    HtWalk *walk;
    HtExits *exits;
};

static void add(struct top_count *count, const struct ht_trap *trap)
{
    count->entries++;
    count->hyp_ns += trap->returned ? trap->hyp.ns : 0;
}

static void take_trap(void *opaque, const struct ht_trap *trap)
{
    struct top_counts *now = opaque;

    if (trap->marked && trap->depth == 0) {
        add(&now->all, trap);
        add(&now->classes[trap->cause.cls], trap);
        add(&now->vms[trap->from.vm], trap);
        add(&now->cpus[trap->cpu], trap);
    }
}

static void take_exit(void *opaque, const struct ht_exit *exit)
{
    (void)opaque;
    (void)exit;
}

static void take(struct top *top, const struct ht_facts *facts)
{
    const struct ht_event *event = facts->event;

    if (!top->now.begin_ns) {
        top->now.begin_ns = event->time_ns;
    }
    top->now.end_ns = MAX(top->now.end_ns, event->time_ns);
    ht_exits_push_marked(top->exits, event, facts->selected);
}

static void start_keys(struct top *top)
{
    struct termios raw;

    if (!top->on_terminal || tcgetattr(STDIN_FILENO, &top->old_keyboard) != 0) {
        return;
    }
    raw = top->old_keyboard;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    top->keys = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
}

static void end_keys(struct top *top)
{
    if (top->keys) {
        tcsetattr(STDIN_FILENO, TCSANOW, &top->old_keyboard);
    }
}

static bool user_quits(const struct top *top)
{
    char key;

    while (top->keys && read(STDIN_FILENO, &key, 1) == 1) {
        if (key == 'q' || key == 'Q') {
            return true;
        }
    }
    return follow_stopped();
}

static unsigned screen_lines(void)
{
    struct winsize size;

    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 4 ? size.ws_row : 24;
}

/* Line by line over the old picture, so that it does not flicker. */
static void draw(const GString *text)
{
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);

    fputs(HOME, stdout);
    for (char **line = lines; *line; line++) {
        printf("%s" ERASE_LINE "%s", *line, line[1] ? "\n" : "");
    }
    fputs(ERASE_BELOW, stdout);
}

static void show(struct top *top)
{
    g_autoptr(GString) text = g_string_new(NULL);
    struct top_view view = {
        top->input.trace, &top->input.names, ht_vms_count(ht_walk_vms(top->walk)), &top->shown,
        &top->now,
    };

    top->now.lost = 0;
    for (unsigned cpu = 0; cpu < top->input.trace->cpus; cpu++) {
        top->now.lost += ht_walk_lost(top->walk, cpu);
    }
    if (top->json) {
        top_json(text, &view);
    } else {
        top_text(text, &view, top->on_terminal ? screen_lines() - 1 : 0);
    }
    if (top->on_terminal) {
        draw(text);
    } else {
        fwrite(text->str, 1, text->len, stdout);
        fputs(top->json || top->once ? "" : "\n", stdout);
    }
    fflush(stdout);
    top->shown = top->now;
}

/* Nothing more for now: waits a little; false if there is nothing to wait for. */
static bool wait_for_more(struct top *top)
{
    if (!ht_walk_pending(top->walk)) {
        return false;
    }
    if (!follow_written(top->input.trace)) {
        ht_walk_follow(top->walk, FALSE);
    } else {
        follow_sleep(POLL_MS);
    }
    return true;
}

static void watch(struct top *top, GError **error)
{
    gint64 interval_us = (gint64)(top->interval_s * G_USEC_PER_SEC);
    gint64 next_us = g_get_monotonic_time() + interval_us;
    bool more = true;

    while (more && !user_quits(top)) {
        const struct ht_facts *facts = NULL;
        unsigned left = EVENTS_AT_ONCE;

        while (left-- && (facts = ht_walk_any(top->walk, error))) {
            take(top, facts);
        }
        more = facts || wait_for_more(top);
        if (!top->once && more && g_get_monotonic_time() >= next_us) {
            show(top);
            next_us = g_get_monotonic_time() + interval_us;
        }
    }
    ht_exits_finish(top->exits);
    show(top);
}

static void run(struct top *top, GError **error)
{
    struct ht_exits_sink sink = {take_trap, take_exit, &top->now};

    top->walk = ht_walk_new(top->input.trace, HT_READ_CORE, top->input.filter,
                            &top->input.names, false, error);
    if (!top->walk) {
        return;
    }
    top->exits = ht_exits_new(ht_walk_vms(top->walk), &sink);
    follow_prepare();
    ht_walk_follow(top->walk, !top->once);
    start_keys(top);
    if (top->on_terminal) {
        fputs(HOME ERASE_BELOW, stdout);
    }
    watch(top, error);
    end_keys(top);
    ht_exits_free(top->exits);
    ht_walk_free(top->walk);
}

int cli_top(int argc, char **argv)
{
    g_autofree struct top *top = g_new0(struct top, 1);
    const GOptionEntry entries[] = {
        {"interval", 'n', 0, G_OPTION_ARG_DOUBLE, &top->interval_s,
         "Show rates every N seconds (default 1)", "N"},
        {"once", 0, 0, G_OPTION_ARG_NONE, &top->once,
         "Show once what has been recorded so far, and end", NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &top->json,
         "Print JSON, one object per line and interval", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "[DIR]", "Shows the rates of traps by class, VM and CPU while a trace is being written.",
        "Rates are per second of virtual time since the last picture; in hyp is the share of that\n"
        "time between entries and their returns.  Ends with the recorder, with q or Ctrl-C.  Where\n"
        "the output is no terminal, pictures follow one another.\n\n"
        "Example: hyptrace top trace-being-written\n"
        "         hyptrace top --once --json -f 'vm == vm1' trace\n",
        entries, 0, 1,
    };
    const char *dir;
    g_autoptr(GError) error = NULL;
    int status = CLI_USAGE;

    top->interval_s = 1;
    dir = cli_parse(&options, &top->input, argc, argv);
    if (dir && !(top->interval_s >= 0.1 && top->interval_s <= 86400)) {
        cli_complain("--interval must be from 0.1 to 86400 s (see 'hyptrace top --help')");
    } else if (dir && (status = cli_open(&top->input, dir, &error)) != CLI_USAGE) {
        top->on_terminal = isatty(STDOUT_FILENO) && !top->json && !top->once;
        if (status == CLI_OK) {
            run(top, &error);
        }
        status = cli_finish(error);
    }
    cli_close(&top->input);
    return status;
}
