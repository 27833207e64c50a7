/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way a case goes, and what was recorded on it. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-steps.h"
#include "linli-case-tables.h"
#include "linli-lane-dialogs.h"
#include "linli-lane-tables.h"

static void
add (GtkWidget  *box,
     const char *name,
     LinliRow   *row,
     guint       column)
{
  const char *value = linli_row_get_text (row, column);

  if (value != NULL && *value != '\0')
    gtk_box_append (GTK_BOX (box), linli_fact_row_new (name, value));
}

static GtkWidget *
agenda_new (LinliRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  add (box, _("Meeting"), row, LINLI_PARTY_AGENDA_MEETING_ON);
  add (box, _("Topic"), row, LINLI_PARTY_AGENDA_TOPIC);
  add (box, _("Decision"), row, LINLI_PARTY_AGENDA_DECISION);
  add (box, _("Responsible"), row, LINLI_PARTY_AGENDA_RESPONSIBLE);
  add (box, _("Promised by"), row, LINLI_PARTY_AGENDA_PROMISE_ON);
  return box;
}

static GtkWidget *
deliberation_new (LinliRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  const char *state = linli_row_get_text (row, LINLI_DELIBERATION_STATE);

  add (box, _("Held on"), row, LINLI_DELIBERATION_HELD_ON);
  add (box, _("Place"), row, LINLI_DELIBERATION_PLACE);
  add (box, _("Led by"), row, LINLI_DELIBERATION_HOST);
  add (box, _("Who came"), row, LINLI_DELIBERATION_PARTICIPANTS);
  add (box, _("Put forward"), row, LINLI_DELIBERATION_OPTIONS);
  add (box, _("Notes"), row, LINLI_DELIBERATION_NOTES);
  add (box, _("Agreed"), row, LINLI_DELIBERATION_AGREEMENT);
  add (box, _("Still to do"), row, LINLI_DELIBERATION_FOLLOW_UP);
  add (box, _("Responsible"), row, LINLI_DELIBERATION_RESPONSIBLE);
  add (box, _("To be done by"), row, LINLI_DELIBERATION_FOLLOW_UP_ON);
  if (g_str_equal (state, "failed"))
    gtk_box_append (GTK_BOX (box), linli_text_new (_("No agreement"), "dim-label"));
  return box;
}

static GtkWidget *
aid_new (LinliRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  const char *state = linli_row_get_text (row, LINLI_MUTUAL_AID_STATE);

  add (box, _("Kind"), row, LINLI_MUTUAL_AID_KIND);
  add (box, _("Wanted"), row, LINLI_MUTUAL_AID_NEED);
  add (box, _("When"), row, LINLI_MUTUAL_AID_WANTED);
  add (box, _("Where"), row, LINLI_MUTUAL_AID_WHERE);
  gtk_box_append (GTK_BOX (box), linli_fact_row_new (_("Contact"), linli_row_get_int (row, LINLI_MUTUAL_AID_CONTACT_OK)
                                                                     ? _("the helper may reach the resident")
                                                                     : _("only through the centre")));
  add (box, _("Helper"), row, LINLI_MUTUAL_AID_HELPER);
  add (box, _("Done"), row, LINLI_MUTUAL_AID_RESULT);
  if (!linli_row_is_null (row, LINLI_MUTUAL_AID_MINUTES))
    {
      g_autofree char *minutes = g_strdup_printf (_("%d min"), (int) linli_row_get_int (row, LINLI_MUTUAL_AID_MINUTES));

      gtk_box_append (GTK_BOX (box), linli_fact_row_new (_("Service"), minutes));
    }
  if (g_str_equal (state, "failed"))
    gtk_box_append (GTK_BOX (box), linli_text_new (_("Nobody could help"), "dim-label"));
  return box;
}

static void
append_all (GtkWidget *card,
            GPtrArray *rows,
            GtkWidget *(*make) (LinliRow *row))
{
  for (guint i = rows->len; i > 0; i--)
    {
      if (i < rows->len)
        gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      gtk_box_append (GTK_BOX (card), make (rows->pdata[i - 1]));
    }
}

/* What the committee's matters wait for is no step of the case, so its buttons stand here. */
static void
append_buttons (GtkWidget      *card,
                LinliCaseSheet *sheet)
{
  static const char *const actions[] = { "case.put-on-agenda", "case.record-decision" };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (linli_case_sheet_allows (sheet, actions[i]))
      {
        GtkWidget *button = gtk_button_new_with_label (linli_case_step_words (linli_case_step_find (actions[i])));

        gtk_actionable_set_action_name (GTK_ACTIONABLE (button), actions[i]);
        gtk_box_append (GTK_BOX (line), button);
        n++;
      }
  if (n > 0)
    gtk_box_append (GTK_BOX (card), line);
  else
    g_object_unref (g_object_ref_sink (line));
}

/* Returns: (transfer floating) (nullable): %NULL for a case that goes no lane and never did */
GtkWidget *
linli_lane_card_new (LinliCaseSheet *sheet,
                     LinliUiContext *context)
{
  LinliLaneSheet *lanes = sheet->lanes;
  LinliRow *lane = linli_lane_sheet_find (lanes, linli_row_get_text (sheet->detail->case_row, LINLI_CASE_LANE));
  GtkWidget *card;

  if (lane == NULL && lanes->agenda->len == 0 && lanes->deliberations->len == 0 && lanes->aids->len == 0)
    return NULL;
  card = linli_card_new (8);
  if (lane != NULL)
    {
      g_autofree char *words = g_strdup_printf ("%s · %s", linli_row_get_text (lane, LINLI_LANE_NAME),
                                                linli_row_get_text (lane, LINLI_LANE_LEADS));

      gtk_box_append (GTK_BOX (card), linli_text_new (words, "heading"));
    }
  append_all (card, lanes->agenda, agenda_new);
  append_all (card, lanes->deliberations, deliberation_new);
  append_all (card, lanes->aids, aid_new);
  append_buttons (card, sheet);

  return linli_section_new (_("Lane"), card);
}
