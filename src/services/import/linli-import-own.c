/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-import-own.h"

#include <glib/gi18n-lib.h>

#include "linli-case-import.h"
#include "linli-case-state.h"
#include "linli-case-words.h"

/* What tells the table, and the list in English or in the words of this session, from other files. */
static const char *const table_headings[] = { "id", "case_no", "title", "state", "received_at", "source_key", NULL };
static const char *const list_headings[] = { N_("Case number"), N_("Subject"), N_("State"), N_("Last changed at"), NULL };

static int
find_heading (GPtrArray  *header,
              const char *heading)
{
  const char *translated = g_dgettext (GETTEXT_PACKAGE, heading);

  for (guint i = 0; i < header->len; i++)
    if (g_strcmp0 (header->pdata[i], heading) == 0 || g_strcmp0 (header->pdata[i], translated) == 0)
      return (int) i;
  return -1;
}

static gboolean
has_all (GPtrArray         *header,
         const char *const *headings)
{
  for (guint i = 0; headings[i] != NULL; i++)
    if (find_heading (header, headings[i]) < 0)
      return FALSE;
  return TRUE;
}

/**
 * linli_import_own_find:
 * @header: (element-type utf8): the headings of a file
 * @own: (out caller-allocates): all -1 when it is none of ours
 *
 * Returns: whether Linli wrote the file
 */
gboolean
linli_import_own_find (GPtrArray      *header,
                       LinliImportOwn *own)
{
  gboolean is_table = has_all (header, table_headings);

  *own = (LinliImportOwn) { -1, -1, -1, -1, -1 };
  if (!is_table && !has_all (header, list_headings))
    return FALSE;
  own->id = is_table ? find_heading (header, "id") : -1;
  own->source_key = is_table ? find_heading (header, "source_key") : -1;
  own->confidential = is_table ? find_heading (header, "confidential") : -1;
  own->case_no = find_heading (header, is_table ? "case_no" : "Case number");
  own->state = find_heading (header, is_table ? "state" : "State");

  return TRUE;
}

/* Returns: (nullable) */
static const char *
get_cell (GPtrArray *cells,
          int        column)
{
  const char *cell = column >= 0 && (guint) column < cells->len ? cells->pdata[column] : NULL;

  return cell != NULL && *cell != '\0' ? cell : NULL;
}

/**
 * linli_import_own_key:
 *
 * Returns: (transfer full) (nullable): the source key of the row: where the
 *   case had come from when it was brought in itself, else which case it is
 */
char *
linli_import_own_key (const LinliImportOwn *own,
                      GPtrArray            *cells)
{
  const char *key = get_cell (cells, own->source_key);
  const char *name = get_cell (cells, own->id);

  if (key != NULL)
    return g_strdup (key);
  if (name == NULL)
    name = get_cell (cells, own->case_no);
  return name != NULL ? g_strconcat (LINLI_IMPORT_OWN_PREFIX, name, NULL) : NULL;
}

/* Whether the row is of a confidential case (保密): it stays one wherever it goes. */
gboolean
linli_import_own_is_confidential (const LinliImportOwn *own,
                                  GPtrArray            *cells)
{
  return g_strcmp0 (get_cell (cells, own->confidential), "1") == 0;
}

/**
 * linli_import_own_state:
 * @state: (out): "open" or "closed", as case.import has it: it knows only one
 *   way to be over
 *
 * Returns: whether the row says so
 */
gboolean
linli_import_own_state (const LinliImportOwn *own,
                        GPtrArray            *cells,
                        const char          **state)
{
  const char *cell = get_cell (cells, own->state);

  for (guint i = 0; cell != NULL && i < LINLI_N_CASE_STATES; i++)
    {
      const char *id = linli_case_state_to_id ((LinliCaseState) i);

      if (!g_str_equal (cell, id) && !g_str_equal (cell, linli_case_state_words (id)))
        continue;
      *state = linli_case_state_is_over (id) ? "closed" : "open";
      return TRUE;
    }
  return FALSE;
}
