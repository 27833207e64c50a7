/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-macro-words.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-steps.h"

/* What a step says beside its command, in the order it is read. */
static const char *const told[] = {
  "item", "urgency", "instruction", "result", "reply", "reason", "note", "body", "verdict", NULL
};

static char *
step_words (const char   *command,
            LinliRequest *args)
{
  const LinliCaseStep *step = linli_case_step_find (command);
  g_autofree char *label = g_strdup (step != NULL ? linli_case_step_words (step)
                                     : g_str_equal (command, "case.note") ? _("Note") : command);
  GString *words = g_string_new (NULL);

  if (g_str_has_suffix (label, "…"))
    label[strlen (label) - strlen ("…")] = '\0';
  g_string_append (words, label);
  for (guint i = 0; args != NULL && told[i] != NULL; i++)
    if (linli_request_get_text (args, told[i]) != NULL)
      g_string_append_printf (words, " · %s", linli_request_get_text (args, told[i]));

  return g_string_free (words, FALSE);
}

/* @steps: what a row of macro has */
LinliMacroSheet *
linli_macro_sheet_new (const char *steps)
{
  g_autofree char *wrapped = g_strdup_printf ("{\"steps\":%s}", steps);
  g_autoptr(LinliRequest) request = linli_request_parse (wrapped);
  LinliMacroSheet *self = g_new0 (LinliMacroSheet, 1);

  self->words = g_ptr_array_new_with_free_func (g_free);
  self->steps = request != NULL ? linli_request_get_objects (request, "steps")
                                : g_ptr_array_new_with_free_func ((GDestroyNotify) linli_request_unref);
  for (guint i = 0; i < self->steps->len; i++)
    {
      const char *command = linli_request_get_text (self->steps->pdata[i], "command");
      g_autoptr(LinliRequest) args = linli_request_get_object (self->steps->pdata[i], "args");

      g_ptr_array_add (self->words, step_words (command != NULL ? command : "", args));
    }
  return self;
}

void
linli_macro_sheet_free (LinliMacroSheet *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/* Returns: (transfer full): all steps in one line */
char *
linli_macro_sheet_dup_line (LinliMacroSheet *self)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < self->words->len; i++)
    g_string_append_printf (line, "%s%s", i > 0 ? " → " : "", (char *) self->words->pdata[i]);
  return g_string_free (line, FALSE);
}

/* Returns: (transfer floating): the steps one below the other */
GtkWidget *
linli_macro_sheet_list (LinliMacroSheet *self)
{
  GtkWidget *card = linli_card_new (4);

  for (guint i = 0; i < self->words->len; i++)
    {
      g_autofree char *line = g_strdup_printf ("%u. %s", i + 1, (char *) self->words->pdata[i]);

      gtk_box_append (GTK_BOX (card), linli_text_new (line, NULL));
    }
  return card;
}

/* @column: what linli_macro_overrides() names */
const char *
linli_macro_column_words (const char *column)
{
  static const struct { const char *column; const char *words; } columns[] = {
    { "item", N_("duty item") }, { "owner", N_("person") }, { "urgency", N_("urgency") }, { "lane", N_("lane") },
    { "nature", N_("nature") }, { "place", N_("place") }, { "title", N_("title") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (columns[i].column, column))
      return g_dgettext (GETTEXT_PACKAGE, columns[i].words);
  return column;
}
