/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one unit was sent, how far it is, and what may be done about it. */

#include "config.h"

#include "linli-dispatch-card.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-steps.h"
#include "linli-case-tables.h"
#include "linli-case-words.h"
#include "linli-entry-words.h"
#include "linli-handling-tables.h"
#include "linli-handling-words.h"
#include "linli-time-words.h"

static const char *
state_class (const char *state)
{
  if (g_str_equal (state, "done") || g_str_equal (state, "recalled") || g_str_equal (state, "released") ||
      g_str_equal (state, "returned"))
    return "over";

  return g_str_equal (state, "sent") ? "waits" : "theirs";
}

static void
append_time (GString        *words,
             const char     *name,
             LinliRow       *part,
             guint           column,
             LinliUiContext *context)
{
  gint64 at = linli_row_get_int (part, column);
  g_autofree char *moment = NULL;

  if (at == 0)
    return;
  moment = linli_moment_words (at, linli_ui_context_now (context), linli_ui_context_get_zone (context));
  g_string_append_printf (words, "%s%s %s", words->len > 0 ? " · " : "", name, moment);
}

static char *
times_words (LinliRow       *part,
             LinliUiContext *context)
{
  GString *words = g_string_new (NULL);

  append_time (words, _("sent"), part, LINLI_DISPATCH_SENT_AT, context);
  append_time (words, _("signed"), part, LINLI_DISPATCH_SIGNED_AT, context);
  append_time (words, _("spoke"), part, LINLI_DISPATCH_CONTACTED_AT, context);
  append_time (words, _("done"), part, LINLI_DISPATCH_DONE_AT, context);

  return g_string_free (words, FALSE);
}

/* %NULL when nothing may be done with this part. */
static GMenuModel *
part_menu (LinliRow       *part,
           LinliCaseSheet *sheet)
{
  GMenu *menu = g_menu_new ();
  guint n;
  const LinliCaseStep *steps = linli_case_steps (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GMenuItem) item = NULL;

      if (!steps[i].takes_part || !linli_case_sheet_allows (sheet, steps[i].action) ||
          linli_case_steps_find_part (sheet, steps[i].action, linli_row_get_id (part)) == NULL)
        continue;
      item = g_menu_item_new (linli_case_step_words (&steps[i]), NULL);
      g_menu_item_set_action_and_target (item, steps[i].action, "s", linli_row_get_id (part));
      g_menu_append_item (menu, item);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    g_clear_object (&menu);

  return G_MENU_MODEL (menu);
}

static GtkWidget *
new_head (LinliRow       *part,
          LinliCaseSheet *sheet)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *state = linli_row_get_text (part, LINLI_DISPATCH_STATE);
  const char *unit = linli_row_get_text (part, LINLI_DISPATCH_UNIT_NAME);
  const char *role = linli_row_get_text (part, LINLI_DISPATCH_ROLE);
  g_autoptr(GMenuModel) menu = part_menu (part, sheet);
  GtkWidget *name = gtk_label_new (unit);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, "heading");
  gtk_box_append (GTK_BOX (head), linli_icon_new (g_str_equal (role, "lead") ? "linli-unit-symbolic"
                                                                             : "linli-assist-symbolic"));
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), linli_pill_new (linli_part_role_words (role), NULL));
  gtk_box_append (GTK_BOX (head), linli_pill_new (linli_part_state_words (state), state_class (state)));
  if (menu != NULL)
    {
      GtkWidget *button = gtk_menu_button_new ();
      g_autofree char *label = g_strdup_printf (_("What %s Did"), unit);

      gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
      gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_box_append (GTK_BOX (head), button);
    }

  return head;
}

/* All units of a dispatch get the same instruction: it is shown once. */
static gboolean
is_said_above (LinliCaseSheet *sheet,
               LinliRow       *part,
               guint           column)
{
  GPtrArray *parts = sheet->detail->dispatches;

  for (guint i = 0; i < parts->len && parts->pdata[i] != part; i++)
    if (column == LINLI_DISPATCH_INSTRUCTION &&
        linli_row_get_int (parts->pdata[i], LINLI_DISPATCH_SEQ) == linli_row_get_int (part, LINLI_DISPATCH_SEQ) &&
        linli_row_equal_column (parts->pdata[i], part, column))
      return TRUE;

  return FALSE;
}

/* Under which clause it was returned, or until when it may be. */
static void
add_return (GtkWidget      *card,
            LinliRow       *part,
            LinliCaseSheet *sheet,
            LinliUiContext *context)
{
  GPtrArray *returns = sheet->detail->handling->returns;
  g_autofree char *window = linli_return_window_words (sheet, linli_row_get_id (part), context);

  if (window != NULL)
    gtk_box_append (GTK_BOX (card), linli_caption_new (window));
  for (guint i = 0; i < returns->len; i++)
    {
      LinliRow *note = returns->pdata[i];
      const char *proposed = linli_row_get_text (note, LINLI_RETURN_NOTE_PROPOSED_UNIT_NAME);

      if (g_strcmp0 (linli_row_get_text (note, LINLI_RETURN_NOTE_DISPATCH_ID), linli_row_get_id (part)) != 0)
        continue;
      gtk_box_append (GTK_BOX (card), linli_fact_row_new (_("Clause"), linli_row_get_text (note, LINLI_RETURN_NOTE_ITEM_NAME)));
      if (proposed != NULL)
        gtk_box_append (GTK_BOX (card), linli_fact_row_new (_("Proposed unit"), proposed));
    }
}

GtkWidget *
linli_dispatch_card_new (LinliRow       *part,
                         LinliCaseSheet *sheet,
                         LinliUiContext *context)
{
  static const struct { guint column; const char *name; } texts[] = {
    { LINLI_DISPATCH_INSTRUCTION, N_("Instruction") },
    { LINLI_DISPATCH_RESULT, N_("Result") },
    { LINLI_DISPATCH_CLOSE_REASON, N_("Reason") },
  };
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *times = times_words (part, context);

  gtk_widget_add_css_class (card, "part-card");
  gtk_box_append (GTK_BOX (card), new_head (part, sheet));
  gtk_box_append (GTK_BOX (card), linli_caption_new (times));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = linli_row_get_text (part, texts[i].column);

      if (text == NULL || *text == '\0' || is_said_above (sheet, part, texts[i].column))
        continue;
      gtk_box_append (GTK_BOX (card), linli_fact_row_new (g_dgettext (GETTEXT_PACKAGE, texts[i].name), text));
    }

  add_return (card, part, sheet, context);

  return card;
}
