/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A figure at a glance. Its numbers open the cases behind them. */
typedef struct
{
  const char *label;
  const char *value;
  const char *change;     /* (nullable) */
  int         tone;       /* of the change: 1 good, -1 bad, 0 neither */
  const char *part;       /* (nullable) number to open */
  const char *part_line;  /* search line behind it */
  const char *whole;      /* (nullable) */
  const char *whole_line;
  const char *basis;      /* what the figure means, in sentences */
} LinliFigureTile;

GtkWidget *linli_figure_tile_new (const LinliFigureTile *tile);

G_END_DECLS
