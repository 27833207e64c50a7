/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One line of the palette: something to do or somewhere to go. */
typedef struct
{
  char      *id;       /* stable: what is remembered as used recently */
  char      *title;    /* translated */
  char      *subtitle; /* (nullable) */
  char      *icon;
  char      *words;    /* folded title and its pinyin initials, apart by a blank */
  char      *key;      /* (nullable): accelerator, shown on the right */
  GtkWidget *target;   /* (owned): where the action is activated */
  char      *action;
  GVariant  *argument; /* (owned) (nullable) */
} LinliPaletteEntry;

LinliPaletteEntry *linli_palette_entry_new  (const char              *title,
                                             const char              *icon,
                                             GtkWidget               *target,
                                             const char              *action,
                                             GVariant                *argument);
void               linli_palette_entry_free (LinliPaletteEntry       *self);
guint              linli_palette_entry_rank (const LinliPaletteEntry *self,
                                             const char *const       *words);
gboolean           linli_palette_entry_run  (const LinliPaletteEntry *self);

#define LINLI_PALETTE_NO_MATCH G_MAXUINT

G_END_DECLS
