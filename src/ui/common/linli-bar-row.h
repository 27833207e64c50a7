/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line of a bar chart that is a list: name, bar, number. The list is reached
 * and read like any other, so the chart is its own table. */
typedef struct
{
  const char *name;
  const char *number; /* as shown */
  const char *note;   /* (nullable) behind the number */
  const char *words;  /* (nullable) all of it, when it says more */
  gint64      value;
  gint64      marked; /* part of @value in another colour, the end of the bar */
  gint64      most;   /* of the list */
} LinliBar;

GtkWidget *linli_bar_row_new (const LinliBar *bar);

G_END_DECLS
