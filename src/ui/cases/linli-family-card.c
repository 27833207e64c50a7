/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-family-card.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-tables.h"
#include "linli-case-words.h"
#include "linli-merge-tables.h"
#include "linli-time-words.h"

/* A button that opens another case: its number, and its title for those who listen. */
static GtkWidget *
new_link (LinliRow *row)
{
  GtkWidget *button = gtk_button_new_with_label (linli_row_get_text (row, LINLI_CASE_CASE_NO));
  g_autofree char *name = g_strdup_printf (_("Open %s: %s"), linli_row_get_text (row, LINLI_CASE_CASE_NO),
                                           linli_row_get_text (row, LINLI_CASE_TITLE));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", linli_row_get_id (row));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-case");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

/* State and, while it is open, how long is left. */
static char *
standing_words (LinliRow       *row,
                LinliUiContext *context)
{
  const char *state = linli_row_get_text (row, LINLI_CASE_STATE);
  gint64 due = linli_row_get_int (row, LINLI_CASE_DUE_AT);
  g_autofree char *left = linli_due_words (due, linli_ui_context_now (context));

  if (due == 0 || linli_case_state_is_over (state))
    return g_strdup (linli_case_state_words (state));
  return g_strdup_printf ("%s · %s", linli_case_state_words (state), left);
}

static GtkWidget *
new_line (LinliRow       *row,
          const char     *more,
          LinliUiContext *context)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = linli_text_new (linli_row_get_text (row, LINLI_CASE_TITLE), NULL);
  g_autofree char *standing = standing_words (row, context);
  g_autofree char *whole = more != NULL ? g_strdup_printf ("%s · %s", standing, more) : g_strdup (standing);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), linli_caption_new (whole));
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), new_link (row));

  return line;
}

static LinliRow *
find_merge_entry (LinliCaseSheet *sheet)
{
  GPtrArray *entries = sheet->detail->entries;

  for (guint i = entries->len; i > 0; i--)
    if (g_str_equal (linli_row_get_text (entries->pdata[i - 1], LINLI_ENTRY_KIND), "merge"))
      return entries->pdata[i - 1];
  return NULL;
}

/**
 * linli_pointer_card_new:
 *
 * What a merged case shows first: where it went, and the way back.
 */
GtkWidget *
linli_pointer_card_new (LinliCaseSheet *sheet,
                        LinliUiContext *context)
{
  GtkWidget *card = linli_card_new (10);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  LinliRow *target = sheet->detail->target;
  LinliRow *entry = find_merge_entry (sheet);
  GtkWidget *open = gtk_button_new_with_mnemonic (_("_Open the Case It Is Part Of"));
  GtkWidget *undo = gtk_button_new_with_mnemonic (_("_Undo the Merge…"));

  gtk_widget_add_css_class (card, "pointer");
  if (entry != NULL)
    {
      g_autofree char *at = linli_moment_full_words (linli_row_get_int (entry, LINLI_ENTRY_AT),
                                                     linli_ui_context_get_zone (context));
      const char *actor = linli_row_get_text (entry, LINLI_ENTRY_ACTOR_NAME);
      /* Translators: a number, a time, a person */
      g_autofree char *words = g_strdup_printf (_("Merged into %s on %s by %s. Its residents, and what is said to this "
                                                  "number from now on, are there."),
                                                linli_row_get_text (target, LINLI_CASE_CASE_NO), at,
                                                actor != NULL ? actor : "");

      gtk_box_append (GTK_BOX (card), linli_text_new (words, NULL));
    }
  gtk_box_append (GTK_BOX (card), new_line (target, NULL, context));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "s", linli_row_get_id (target));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.show-case");
  gtk_widget_add_css_class (open, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (undo), "case.unmerge");
  gtk_box_append (GTK_BOX (buttons), open);
  gtk_box_append (GTK_BOX (buttons), undo);
  gtk_box_append (GTK_BOX (card), buttons);

  return card;
}

/* The cases merged into this one. */
GtkWidget *
linli_members_card_new (LinliCaseSheet *sheet,
                        LinliUiContext *context)
{
  GtkWidget *card = linli_card_new (8);
  GPtrArray *members = sheet->detail->members;

  for (guint i = 0; i < members->len; i++)
    {
      LinliCaseMember *member = members->pdata[i];
      g_autofree char *at = member->record != NULL
                              ? linli_moment_words (linli_row_get_int (member->record, LINLI_MERGE_MERGED_AT),
                                                    linli_ui_context_now (context), linli_ui_context_get_zone (context))
                              : NULL;

      gtk_box_append (GTK_BOX (card), new_line (member->case_row, at, context));
    }

  return card;
}

/* The parts it was split into. */
GtkWidget *
linli_parts_card_new (LinliCaseSheet *sheet,
                      LinliUiContext *context)
{
  GtkWidget *card = linli_card_new (8);
  GPtrArray *parts = sheet->detail->parts;

  for (guint i = 0; i < parts->len; i++)
    gtk_box_append (GTK_BOX (card), new_line (parts->pdata[i], linli_row_get_text (parts->pdata[i], LINLI_CASE_LEAD_UNIT_NAME),
                                              context));
  return card;
}

/* The case it is a part of. */
GtkWidget *
linli_whole_card_new (LinliCaseSheet *sheet,
                      LinliUiContext *context)
{
  GtkWidget *card = linli_card_new (8);

  gtk_box_append (GTK_BOX (card), new_line (sheet->detail->parent, NULL, context));
  return card;
}
