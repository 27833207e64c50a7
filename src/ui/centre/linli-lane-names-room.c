/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 三条路: what the three ways of a matter are called here, and who leads on each. */

#include "config.h"

#include "linli-centre-rooms.h"

#include <glib/gi18n-lib.h>

#include "linli-lane-tables.h"
#include "linli-lanes.h"

typedef struct
{
  GPtrArray *lanes;  /* rows */
  GArray    *counts; /* guint: open cases of each */
} Facts;

static void
facts_free (gpointer data)
{
  Facts *self = data;

  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_array_unref (self->counts);
  g_free (self);
}

static gpointer
read_lanes (LinliConn *conn,
            gint64     now,
            GError   **error)
{
  Facts *self = g_new0 (Facts, 1);
  gboolean fine;

  self->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->lanes = linli_lanes_load (conn, error);
  fine = self->lanes != NULL;
  for (guint i = 0; fine && i < self->lanes->len; i++)
    {
      g_autoptr(GPtrArray) lines = linli_lane_lines_load (conn, linli_row_get_text (self->lanes->pdata[i], LINLI_LANE_CODE), error);
      guint n = lines != NULL ? lines->len : 0;

      g_array_append_val (self->counts, n);
      fine = lines != NULL;
    }
  if (fine)
    return self;
  facts_free (self);
  return NULL;
}

/* What is recorded on it, in words. */
static const char *
record_words (const char *record)
{
  if (g_str_equal (record, "agenda"))
    return _("What belongs before the Party committee: agenda, decision, promised day");
  if (g_str_equal (record, "deliberation"))
    return _("What neighbours settle around a table: deliberation and what was agreed");
  return _("What one household needs: who was asked to help, and what came of it");
}

static char *
count_words (guint n)
{
  if (n >= LINLI_LANE_LINES_MAX)
    return g_strdup_printf (_("%u open cases or more"), n);
  return g_strdup_printf (ngettext ("%u open case", "%u open cases", n), n);
}

static void
show_lanes (LinliCentreRoom *room,
            gpointer         facts)
{
  Facts *self = facts;

  for (guint i = 0; i < self->lanes->len; i++)
    {
      LinliRow *lane = self->lanes->pdata[i];
      /* Translators: the name of a lane, and who leads on it */
      g_autofree char *title = g_strdup_printf (C_("lane", "%s: %s leads"), linli_row_get_text (lane, LINLI_LANE_NAME),
                                                linli_row_get_text (lane, LINLI_LANE_LEADS));
      g_autofree char *count = count_words (g_array_index (self->counts, guint, i));
      const LinliRoomLine line = { linli_row_get_text (lane, LINLI_LANE_CODE), title,
                                   record_words (linli_row_get_text (lane, LINLI_LANE_RECORD)), count, NULL, TRUE };

      linli_centre_room_add (room, &line);
    }
}

static LinliActionDialog *
edit (LinliUiContext *context,
      gpointer        facts,
      const char     *code)
{
  Facts *self = facts;
  LinliActionDialog *dialog;
  guint i = 0;

  while (!g_str_equal (linli_row_get_text (self->lanes->pdata[i], LINLI_LANE_CODE), code))
    if (++i == self->lanes->len)
      return NULL;
  dialog = linli_action_dialog_new (context, "lane.save", code, _("Lane"), _("Save"));
  linli_action_dialog_fix_text (dialog, "code", code);
  linli_action_dialog_add_entry (dialog, "name", _("_Name here"),
                                 linli_row_get_text (self->lanes->pdata[i], LINLI_LANE_NAME))->required = TRUE;
  linli_action_dialog_add_entry (dialog, "leads", _("Who _leads on it"),
                                 linli_row_get_text (self->lanes->pdata[i], LINLI_LANE_LEADS))->required = TRUE;

  return dialog;
}

static const char *const tables[] = { "lane", "cases", NULL };

const LinliRoomKind linli_lane_names_room = {
  .id = "lanes",
  .title = N_("Names of the Three Lanes"),
  .icon = "linli-lane-symbolic",
  .doc = N_("What the three ways a matter may go are called here, and who leads on each. Forms, lists and prints show these "
            "names from then on."),
  .command = "lane.save",
  .tables = tables,
  .read = read_lanes,
  .facts_free = facts_free,
  .show = show_lanes,
  .edit = edit,
};
