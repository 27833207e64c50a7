/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which of a case's limits a rule watches: a check for each kind of clock. */

GtkWidget *linli_clock_checks_new      (char *const *kinds);
char      *linli_clock_checks_dup_text (GtkWidget   *checks);
void       linli_clock_checks_connect  (GtkWidget   *checks,
                                        GCallback    changed,
                                        gpointer     form);
char      *linli_clock_kinds_words     (char *const *kinds);

G_END_DECLS
