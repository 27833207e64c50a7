/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-closing-cards.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-tables.h"
#include "linli-closing-tables.h"
#include "linli-closing-words.h"
#include "linli-people-tables.h"
#include "linli-time-words.h"

static char *
moment (gint64          at,
        LinliUiContext *context)
{
  return linli_moment_words (at, linli_ui_context_now (context), linli_ui_context_get_zone (context));
}

/* --- Supervision --- */

static GtkWidget *
supervision_head (LinliRow       *row,
                  LinliUiContext *context)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  int level = (int) linli_row_get_int (row, LINLI_SUPERVISION_LEVEL);
  gboolean stands = linli_row_is_null (row, LINLI_SUPERVISION_LIFTED_AT);
  g_autofree char *issued = moment (linli_row_get_int (row, LINLI_SUPERVISION_ISSUED_AT), context);
  g_autofree char *words = g_strdup_printf ("%s · %s", linli_row_get_text (row, LINLI_SUPERVISION_UNIT_NAME), issued);
  GtkWidget *caption = linli_caption_new (words);

  gtk_widget_set_hexpand (caption, TRUE);
  gtk_box_append (GTK_BOX (head), linli_icon_new ("linli-supervise-symbolic"));
  gtk_box_append (GTK_BOX (head), linli_pill_new (linli_level_words (level), stands ? "waits" : "over"));
  gtk_box_append (GTK_BOX (head), caption);

  return head;
}

/* What the unit owes or said. */
static char *
answer_words (LinliRow       *row,
              LinliUiContext *context)
{
  const char *reply = linli_row_get_text (row, LINLI_SUPERVISION_REPLY);
  gint64 due = linli_row_get_int (row, LINLI_SUPERVISION_REPLY_DUE_AT);
  g_autofree char *full = NULL;

  if (reply != NULL)
    return g_strdup (reply);
  if (due == 0 || !linli_row_is_null (row, LINLI_SUPERVISION_LIFTED_AT))
    return NULL;
  full = linli_moment_full_words (due, linli_ui_context_get_zone (context));
  return g_strdup_printf (due < linli_ui_context_now (context) ? _("none; it was due %s") : _("due %s"), full);
}

GtkWidget *
linli_supervision_card_new (LinliCaseSheet *sheet,
                            LinliUiContext *context)
{
  GtkWidget *card;

  if (sheet->supervisions->len == 0)
    return NULL;
  card = linli_card_new (8);
  for (guint i = sheet->supervisions->len; i > 0; i--)
    {
      LinliRow *row = sheet->supervisions->pdata[i - 1];
      g_autofree char *answer = answer_words (row, context);

      gtk_box_append (GTK_BOX (card), supervision_head (row, context));
      gtk_box_append (GTK_BOX (card), linli_text_new (linli_row_get_text (row, LINLI_SUPERVISION_REASON), NULL));
      if (answer != NULL)
        gtk_box_append (GTK_BOX (card), linli_fact_row_new (_("Answer"), answer));
      if (linli_row_get_text (row, LINLI_SUPERVISION_LIFT_REASON) != NULL)
        gtk_box_append (GTK_BOX (card), linli_fact_row_new (_("Lifted"), linli_row_get_text (row, LINLI_SUPERVISION_LIFT_REASON)));
    }

  return card;
}

/* --- Residents told and called --- */

static GtkWidget *
person_head (LinliCallbackPerson *person)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  LinliRow *valid = person->progress.valid;
  const char *name = person->appellant != NULL ? linli_row_get_text (person->appellant, LINLI_APPELLANT_NAME) : NULL;
  g_autofree char *words = g_strdup_printf ("%s · %s", name != NULL ? name : _("Anonymous"),
                                            linli_row_get_text (person->submission, LINLI_SUBMISSION_RECEIPT_NO));
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), linli_pill_new (person->notice != NULL ? _("Informed") : _("Not informed"),
                                                  person->notice != NULL ? "over" : "waits"));
  if (valid != NULL)
    {
      const char *solved = linli_row_get_text (valid, LINLI_CALLBACK_SOLVED);
      const char *grade = linli_row_get_text (valid, LINLI_CALLBACK_SATISFACTION);

      gtk_box_append (GTK_BOX (head), linli_pill_new (linli_solved_words (solved),
                                                      linli_solved_rank (solved) == 2 ? "waits" : "over"));
      gtk_box_append (GTK_BOX (head), linli_pill_new (linli_satisfaction_words (grade),
                                                      linli_satisfaction_rank (grade) >= 3 ? "waits" : "over"));
    }
  else if (person->progress.n_attempts > 0)
    {
      g_autofree char *tried = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "called once", "called %d times",
                                                             (gulong) person->progress.n_attempts),
                                                (int) person->progress.n_attempts);

      gtk_box_append (GTK_BOX (head), linli_pill_new (tried, "theirs"));
    }

  return head;
}

/* Who was told what, and what they answered; only where the case got that far. */
GtkWidget *
linli_callback_card_new (LinliCaseSheet *sheet)
{
  GtkWidget *card;

  if (sheet->callbacks == NULL || sheet->callbacks->people->len == 0)
    return NULL;
  card = linli_card_new (8);
  for (guint i = 0; i < sheet->callbacks->people->len; i++)
    gtk_box_append (GTK_BOX (card), person_head (sheet->callbacks->people->pdata[i]));

  return card;
}
