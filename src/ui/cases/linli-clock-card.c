/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One clock: how far it has run, when it is due, and on request why then. */

#include "config.h"

#include "linli-clock-card.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-facts.h"
#include "linli-case-tables.h"
#include "linli-case-words.h"
#include "linli-entry-words.h"
#include "linli-handling-words.h"
#include "linli-time-words.h"

static gboolean
is_state (LinliRow   *clock,
          const char *state)
{
  return g_str_equal (linli_row_get_text (clock, LINLI_CLOCK_STATE), state);
}

/**
 * linli_clock_outcome_words:
 * @now: microseconds UTC
 *
 * Returns: (transfer full): "3 hours left", "Met in time", "Met 2 days over", "Not needed any more"
 */
char *
linli_clock_outcome_words (LinliRow *clock,
                           gint64    now)
{
  gint64 due = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);
  gint64 met = linli_row_get_int (clock, LINLI_CLOCK_MET_AT);
  g_autofree char *words = NULL;

  if (is_state (clock, "met"))
    {
      if (due == 0 || met <= due)
        return g_strdup (_("met in time"));
      words = linli_due_words (due, met);
      /* Translators: the limit was met late; by how much: "met, 2 days over" */
      return g_strdup_printf (_("met, %s"), words);
    }
  if (is_state (clock, "stopped"))
    return g_strdup (_("not needed any more"));
  if (is_state (clock, "paused"))
    return g_strdup (_("paused"));
  if (due == 0)
    return g_strdup (_("no due time"));

  return linli_due_words (due, now);
}

static LinliDueTone
clock_tone (LinliRow *clock,
            gint64    now)
{
  gint64 due = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);

  if (is_state (clock, "met"))
    return linli_row_get_int (clock, LINLI_CLOCK_MET_AT) > due ? LINLI_DUE_OVER : LINLI_DUE_NONE;
  if (is_state (clock, "running"))
    return linli_due_tone (due, now);

  return LINLI_DUE_NONE;
}

static double
share_gone (LinliRow *clock,
            gint64    now)
{
  gint64 start = linli_row_get_int (clock, LINLI_CLOCK_STARTED_AT);
  gint64 due = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);

  if (due <= start)
    return 1.0;

  return CLAMP ((double) (now - start) / (double) (due - start), 0.0, 1.0);
}

/* @clock's kind, with the unit when the clock watches one dispatch. */
static char *
name_of (LinliRow       *clock,
         LinliCaseSheet *sheet)
{
  const char *kind = linli_clock_kind_words (linli_row_get_text (clock, LINLI_CLOCK_KIND));
  const char *dispatch = linli_row_get_text (clock, LINLI_CLOCK_DISPATCH_ID);

  for (guint i = 0; dispatch != NULL && i < sheet->detail->dispatches->len; i++)
    {
      LinliRow *part = sheet->detail->dispatches->pdata[i];

      if (g_str_equal (linli_row_get_id (part), dispatch))
        return g_strdup_printf ("%s · %s", kind, linli_row_get_text (part, LINLI_DISPATCH_UNIT_NAME));
    }

  return g_strdup (kind);
}

static LinliLanguage
language (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "zh") ? LINLI_LANGUAGE_ZH : LINLI_LANGUAGE_EN;
}

static void
add_why (GtkWidget *card,
         LinliRow  *clock)
{
  g_autofree char *why = linli_case_clock_to_text (clock, language ());
  const char *fault = linli_row_get_text (clock, LINLI_CLOCK_FAULT);
  GtkWidget *expander;

  if (fault != NULL)
    gtk_box_append (GTK_BOX (card), linli_text_new (linli_clock_fault_words (fault), "warning"));
  if (why == NULL)
    return;
  expander = linli_expander_new (_("Why this time?"), linli_text_new (why, "why"));
  gtk_widget_set_name (expander, linli_row_get_id (clock));
  gtk_widget_add_css_class (expander, "caption");
  gtk_box_append (GTK_BOX (card), expander);
}

/* What moved the due time since it was first counted. */
static void
add_changes (GtkWidget      *card,
             LinliRow       *clock,
             LinliCaseSheet *sheet,
             LinliUiContext *context)
{
  g_autofree char *extension = linli_clock_extension_words (clock, context);
  g_autofree char *pauses = linli_clock_pause_words (clock, sheet, context);

  if (extension != NULL)
    gtk_box_append (GTK_BOX (card), linli_text_new (extension, "caption"));
  if (pauses != NULL)
    gtk_box_append (GTK_BOX (card), linli_text_new (pauses, "caption"));
}

/* Of all that was merged, the earliest limit holds: whose it is. */
static void
add_origin (GtkWidget      *card,
            LinliRow       *clock,
            LinliCaseSheet *sheet)
{
  const char *origin = linli_row_get_text (clock, LINLI_CLOCK_ORIGIN_ID);
  GPtrArray *members = sheet->detail->members;

  for (guint i = 0; origin != NULL && i < members->len; i++)
    {
      LinliCaseMember *member = members->pdata[i];
      g_autofree char *words = NULL;

      if (!g_str_equal (linli_row_get_id (member->case_row), origin))
        continue;
      words = g_strdup_printf (_("Counted from %s, which was merged: its limit runs out first."),
                               linli_row_get_text (member->case_row, LINLI_CASE_CASE_NO));
      gtk_box_append (GTK_BOX (card), linli_text_new (words, "caption"));
    }
}

static GtkWidget *
new_head (LinliRow       *clock,
          LinliCaseSheet *sheet,
          gint64          now)
{
  static const char *const tones[] = { "later", "later", "soon", "over" };
  LinliDueTone tone = clock_tone (clock, now);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *name = name_of (clock, sheet);
  g_autofree char *words = linli_clock_outcome_words (clock, now);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *outcome = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (outcome, "due");
  gtk_widget_add_css_class (outcome, "numeric");
  gtk_widget_add_css_class (outcome, tones[tone]);
  gtk_box_append (GTK_BOX (head), linli_icon_new (tone == LINLI_DUE_OVER      ? "linli-clock-late-symbolic"
                                                  : is_state (clock, "met")    ? "linli-done-symbolic"
                                                  : is_state (clock, "paused") ? "linli-clock-paused-symbolic"
                                                                               : "linli-clock-symbolic"));
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), outcome);

  return head;
}

GtkWidget *
linli_clock_card_new (LinliRow       *clock,
                      LinliCaseSheet *sheet,
                      LinliUiContext *context)
{
  gint64 now = linli_ui_context_now (context);
  gint64 due = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *when = due != 0 ? linli_moment_full_words (due, linli_ui_context_get_zone (context)) : NULL;
  g_autofree char *rule = NULL;

  gtk_widget_add_css_class (card, "clock-card");
  gtk_box_append (GTK_BOX (card), new_head (clock, sheet, now));
  if (is_state (clock, "running") && due != 0)
    {
      GtkWidget *bar = gtk_progress_bar_new ();

      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), share_gone (clock, now));
      gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Time gone"), -1);
      if (now > due)
        gtk_widget_add_css_class (bar, "over");
      gtk_box_append (GTK_BOX (card), bar);
    }
  rule = when != NULL
           /* Translators: the limit as the duty list states it, and the moment it ends */
           ? g_strdup_printf (_("Limit %s, due %s"), linli_row_get_text (clock, LINLI_CLOCK_LIMIT_TEXT), when)
           : g_strdup_printf (_("Limit %s"), linli_row_get_text (clock, LINLI_CLOCK_LIMIT_TEXT));
  gtk_box_append (GTK_BOX (card), linli_caption_new (rule));
  add_changes (card, clock, sheet, context);
  add_origin (card, clock, sheet);
  add_why (card, clock);

  return card;
}
