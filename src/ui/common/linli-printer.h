/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-print-job.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

LinliPrintJob *linli_print_job_new_case (LinliUiContext *context,
                                         const char     *form,
                                         const char     *subject);
void           linli_print_paper        (LinliUiContext *context,
                                         GtkWidget      *widget,
                                         LinliPaper     *paper);
void           linli_print              (LinliUiContext *context,
                                         GtkWidget      *widget,
                                         LinliPrintJob  *job);

G_END_DECLS
