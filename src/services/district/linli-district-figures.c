/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-district-figures.h"

#include <glib/gi18n-lib.h>

#include "linli-district.h"
#include "linli-json.h"
#include "linli-sheet-writer.h"

const LinliDistrictColumn linli_district_columns[] = {
  { "accepted", N_("Accepted"), LINLI_SET_ACCEPTED },
  { "finished", N_("Finished"), LINLI_SET_FINISHED },
  { "open", N_("Not finished yet"), LINLI_SET_UNFINISHED },
  { "overdue", N_("Overdue"), LINLI_SET_OVERDUE },
  { "in_time", N_("Within the limit"), LINLI_SET_IN_TIME },
  { "judged", N_("Judged"), LINLI_SET_JUDGED },
  { "satisfied", N_("Satisfied"), LINLI_SET_SATISFIED },
  { "rated", N_("Rated"), LINLI_SET_RATED },
  { NULL }
};

static const char *const group_members[LINLI_N_DISTRICT_GROUPS] = { "classes", "units", "communities" };

LinliDistrictAddress *
linli_district_address_new (const char *url,
                            const char *key,
                            const char *authority)
{
  LinliDistrictAddress *self = g_new0 (LinliDistrictAddress, 1);

  self->url = g_strdup (url);
  self->key = g_strstrip (g_strdup (key));
  self->authority = g_strdup (authority);
  return self;
}

void
linli_district_address_free (LinliDistrictAddress *self)
{
  if (self == NULL)
    return;
  g_free (self->url);
  g_free (self->key);
  g_free (self->authority);
  g_free (self);
}

static void
row_free (gpointer data)
{
  g_free (((LinliDistrictRow *) data)->name);
  g_free (data);
}

static void
centre_free (gpointer data)
{
  LinliDistrictCentre *centre = data;

  g_free (centre->workspace);
  g_free (centre->name);
  for (guint i = 0; i < LINLI_N_DISTRICT_GROUPS; i++)
    g_ptr_array_unref (centre->groups[i]);
  g_free (centre);
}

void
linli_district_figures_free (LinliDistrictFigures *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->centres);
  g_free (self);
}

/**
 * linli_district_figures_ask:
 * @from: first day, as 2026-11-01
 * @to: last day
 * @basis: (nullable): by which day cases belong to the period, as case.figures names it
 * @compare: (nullable): "before", "year"
 * @error: see linli_district_ask()
 *
 * Blocks until the hub has counted.
 *
 * Returns: (transfer full): its answer
 */
JsonObject *
linli_district_figures_ask (const LinliDistrictAddress *address,
                            const char                 *from,
                            const char                 *to,
                            const char                 *basis,
                            const char                 *compare,
                            GError                    **error)
{
  g_autoptr(GHashTable) query = g_hash_table_new (g_str_hash, g_str_equal);
  const struct { const char *name; const char *value; } all[] = {
    { "from", from }, { "to", to }, { "basis", basis }, { "compare", compare },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].value != NULL)
      g_hash_table_insert (query, (gpointer) all[i].name, (gpointer) all[i].value);
  return linli_district_ask (address->url, address->key, address->authority, "/v1/figures", query, error);
}

/* --- Reading the answer --- */

static void
read_sets (JsonObject *from,
           gint64     *n)
{
  for (guint set = 0; set < LINLI_N_SETS; set++)
    linli_json_get_int (from, linli_figure_set_to_id ((LinliFigureSet) set), &n[set]);
}

static gboolean
read_counts (JsonObject        *centre,
             const char        *member,
             LinliFigureCounts *counts)
{
  JsonObject *from = linli_json_get_object (centre, member);
  JsonObject *sets = from != NULL ? linli_json_get_object (from, "sets") : NULL;

  if (sets == NULL)
    return FALSE;
  read_sets (sets, counts->n);
  linli_json_get_int (from, "submissions", &counts->submissions);
  return TRUE;
}

static GPtrArray *
read_rows (JsonObject *centre,
           const char *member)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  JsonArray *from = linli_json_get_array (centre, member);

  for (guint i = 0; from != NULL && i < json_array_get_length (from); i++)
    {
      JsonNode *node = json_array_get_element (from, i);
      LinliDistrictRow *row;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      row = g_new0 (LinliDistrictRow, 1);
      row->name = g_strdup (linli_json_get_text (json_node_get_object (node), "name"));
      read_sets (json_node_get_object (node), row->n);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

static LinliDistrictCentre *
read_centre (JsonObject *from)
{
  LinliDistrictCentre *centre = g_new0 (LinliDistrictCentre, 1);

  centre->workspace = g_strdup (linli_json_get_text (from, "workspace"));
  centre->name = g_strdup (linli_json_get_text (from, "name"));
  centre->readable = read_counts (from, "counts", &centre->counts);
  centre->compared = centre->readable && read_counts (from, "before", &centre->before);
  for (guint i = 0; i < LINLI_N_DISTRICT_GROUPS; i++)
    centre->groups[i] = read_rows (from, group_members[i]);
  return centre;
}

/**
 * linli_district_figures_parse:
 * @answer: of linli_district_figures_ask(), today's or one that was kept
 * @at: microseconds UTC, when it was asked for
 *
 * What the answer does not have is nothing: an older hub says less.
 *
 * Returns: (transfer full)
 */
LinliDistrictFigures *
linli_district_figures_parse (JsonObject *answer,
                              gint64      at)
{
  LinliDistrictFigures *self = g_new0 (LinliDistrictFigures, 1);
  JsonArray *centres = linli_json_get_array (answer, "centres");

  self->at = at;
  self->centres = g_ptr_array_new_with_free_func (centre_free);
  for (guint i = 0; centres != NULL && i < json_array_get_length (centres); i++)
    {
      JsonNode *node = json_array_get_element (centres, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (self->centres, read_centre (json_node_get_object (node)));
    }
  return self;
}

/* --- A table of it --- */

static void
add_numbers (GPtrArray               *cells,
             const LinliFigureCounts *counts,
             gboolean                 known)
{
  for (const LinliDistrictColumn *column = linli_district_columns; column->id != NULL; column++)
    g_ptr_array_add (cells, known ? g_strdup_printf ("%" G_GINT64_FORMAT, counts->n[column->set]) : g_strdup (""));
}

static gboolean
add_head (LinliSheetWriter *writer,
          GError          **error)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, g_strdup (_("Centre")));
  for (const LinliDistrictColumn *column = linli_district_columns; column->id != NULL; column++)
    g_ptr_array_add (cells, g_strdup (_(column->label)));
  for (const LinliDistrictColumn *column = linli_district_columns; column->id != NULL; column++)
    /* Translators: a column's name, of the period that is compared with */
    g_ptr_array_add (cells, g_strdup_printf (_("%s before"), _(column->label)));
  return linli_sheet_writer_add_row (writer, (const char *const *) cells->pdata, cells->len, error);
}

/**
 * linli_district_figures_export:
 * @file: its name decides: .xlsx, else CSV
 * @error: %LINLI_TABLE_ERROR
 */
gboolean
linli_district_figures_export (LinliDistrictFigures *self,
                               GFile                *file,
                               GError              **error)
{
  g_autoptr(LinliSheetWriter) writer = linli_sheet_writer_new (file, linli_sheet_format_of (file),
                                                               G_GUINT64_CONSTANT (0x1fffe), error);

  if (writer == NULL || !add_head (writer, error))
    return FALSE;
  for (guint i = 0; i < self->centres->len; i++)
    {
      LinliDistrictCentre *centre = self->centres->pdata[i];
      g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (cells, g_strdup (centre->name));
      add_numbers (cells, &centre->counts, centre->readable);
      add_numbers (cells, &centre->before, centre->compared);
      if (!linli_sheet_writer_add_row (writer, (const char *const *) cells->pdata, cells->len, error))
        return FALSE;
    }
  return linli_sheet_writer_finish (writer, error);
}
