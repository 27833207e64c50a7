/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-palette-entry.h"

#include <string.h>

#include "linli-pinyin-sound.h"
#include "linli-pinyin.h"
#include "linli-text.h"

static char *
id_of (const char *action,
       GVariant   *argument)
{
  g_autofree char *printed = argument != NULL ? g_variant_print (argument, FALSE) : NULL;

  return printed != NULL ? g_strdup_printf ("%s(%s)", action, printed) : g_strdup (action);
}

/* Menus' labels carry a mnemonic and dots; neither is looked for. */
static char *
plain (const char *label)
{
  GString *text = g_string_new (NULL);
  const char *end = strstr (label, "(_");

  for (const char *p = label; *p != '\0' && p != end; p++)
    if (*p != '_')
      g_string_append_c (text, *p);
  if (g_str_has_suffix (text->str, "…"))
    g_string_truncate (text, text->len - strlen ("…"));

  return g_string_free (text, FALSE);
}

/**
 * linli_palette_entry_new:
 * @title: translated; a menu's label will do
 * @target: the widget on which @action is activated
 * @argument: (nullable) (transfer floating): of the action
 *
 * Returns: (transfer full)
 */
LinliPaletteEntry *
linli_palette_entry_new (const char *title,
                         const char *icon,
                         GtkWidget  *target,
                         const char *action,
                         GVariant   *argument)
{
  LinliPaletteEntry *self = g_new0 (LinliPaletteEntry, 1);
  g_autofree char *folded = NULL;
  g_autofree char *initials = NULL;

  self->title = plain (title);
  self->icon = g_strdup (icon);
  self->target = g_object_ref (target);
  self->action = g_strdup (action);
  self->argument = argument != NULL ? g_variant_ref_sink (argument) : NULL;
  self->id = id_of (action, self->argument);
  folded = linli_text_fold (self->title, -1);
  initials = linli_pinyin_initials (self->title);
  self->words = g_strjoin (" ", folded, initials, NULL);

  return self;
}

void
linli_palette_entry_free (LinliPaletteEntry *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->icon);
  g_free (self->words);
  g_free (self->key);
  g_free (self->action);
  g_clear_pointer (&self->argument, g_variant_unref);
  g_clear_object (&self->target);
  g_free (self);
}

/* The beginning of all is best, then that of a word or of the title by its
 * sound, then their inside. */
static guint
word_rank (const LinliPaletteEntry *self,
           const char              *word)
{
  const char *at = strstr (self->words, word);
  int heard;

  if (at != NULL)
    return at == self->words ? 0 : at[-1] == ' ' ? 1 : 2;
  heard = linli_pinyin_find (self->title, word);

  return heard == LINLI_PINYIN_NOT_FOUND ? LINLI_PALETTE_NO_MATCH : heard == 0 ? 1 : 2;
}

/**
 * linli_palette_entry_rank:
 * @words: folded words typed, all of which must be there, as they stand, by
 *   their initials or in whole pinyin syllables
 *
 * Returns: the smaller the better; %LINLI_PALETTE_NO_MATCH when one is missing
 */
guint
linli_palette_entry_rank (const LinliPaletteEntry *self,
                          const char *const       *words)
{
  guint rank = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint one = word_rank (self, words[i]);

      if (one == LINLI_PALETTE_NO_MATCH)
        return one;
      rank += one;
    }
  return rank;
}

/* Returns: whether there was such an action */
gboolean
linli_palette_entry_run (const LinliPaletteEntry *self)
{
  return gtk_widget_activate_action_variant (self->target, self->action, self->argument);
}
