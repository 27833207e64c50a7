/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two kinds of lists are about. In one each row is a place with its kind and
 * what it stands in; in the other, as grid workers keep it, each row is a
 * building with a column for everything above. Both become the same rows. */

#include "config.h"

#include "linli-place-file.h"

#include <string.h>

#include "linli-column-match.h"
#include "linli-domain-error.h"
#include "linli-field-parse.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-table-reader.h"

G_DEFINE_QUARK (linli-place-file-error-quark, linli_place_file_error)

#define HEAD_ROWS 10
#define BATCH     500

/* LEVELS of them are names of places, from above to below. */
typedef enum
{
  COMMUNITY,
  ESTATE,
  ROAD,
  BUILDING,
  UNIT,
  LANDMARK,
  NAME,
  KIND,
  PARENT,
  ALIASES,
  GRID,
  N_FIELDS,
} Field;

#define LEVELS (LANDMARK + 1)
#define NAMES(...) ((const char *const[]) { __VA_ARGS__, NULL })

static const LinliFieldSpec specs[N_FIELDS] = {
  [COMMUNITY] = { "community", NAMES ("社区", "所属社区", "社区名称", "村居") },
  [ESTATE] = { "estate", NAMES ("小区", "小区名称", "院落", "所属小区") },
  [ROAD] = { "road", NAMES ("道路", "街路巷", "路名", "道路名称") },
  [BUILDING] = { "building", NAMES ("楼栋", "楼栋名称", "栋号", "楼号", "楼幢") },
  [UNIT] = { "unit", NAMES ("单元", "单元号", "单元名称") },
  [LANDMARK] = { "landmark", NAMES ("地标", "标志物", "公共场所") },
  [NAME] = { "name", NAMES ("名称", "地点名称", "地点") },
  [KIND] = { "kind", NAMES ("类型", "地点类型", "类别") },
  [PARENT] = { "parent", NAMES ("上级", "所属", "上级地点", "所在") },
  [ALIASES] = { "aliases", NAMES ("别名", "曾用名", "俗称", "其他名称") },
  [GRID] = { "grid", NAMES ("网格", "所属网格", "网格名称", "网格编号") },
};

static const char *const level_kinds[LEVELS] = { "community", "estate", "road", "building", "unit", "landmark" };

static const struct { const char *word; const char *kind; } kind_words[] = {
  { "社区", "community" }, { "村", "community" }, { "小区", "estate" }, { "院落", "estate" }, { "园区", "estate" },
  { "道路", "road" }, { "街路巷", "road" }, { "路", "road" }, { "街", "road" }, { "巷", "road" },
  { "楼栋", "building" }, { "楼", "building" }, { "栋", "building" }, { "建筑物", "building" },
  { "单元", "unit" }, { "地标", "landmark" }, { "标志物", "landmark" }, { "公共场所", "landmark" },
};

typedef struct
{
  LinliPlaceFile *file;
  int             columns[N_FIELDS];
  GHashTable     *seen;            /* paths of places above that were made already */
  char           *current[LEVELS]; /* (owned) (nullable): of the row before */
} Reading;

static void
line_free (LinliPlaceLine *line)
{
  json_object_unref (line->place);
  g_free (line->full_name);
  g_free (line->reason);
  g_free (line);
}

void
linli_place_file_free (LinliPlaceFile *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

static JsonObject *
add_line (Reading    *reading,
          guint64     number,
          const char *name,
          const char *kind,
          const char *parent)
{
  LinliPlaceLine *line = g_new0 (LinliPlaceLine, 1);

  line->line = number;
  line->place = json_object_new ();
  json_object_set_string_member (line->place, "name", name);
  if (kind != NULL && *kind != '\0')
    json_object_set_string_member (line->place, "kind", kind);
  if (parent != NULL && *parent != '\0')
    json_object_set_string_member (line->place, "parent", parent);
  g_ptr_array_add (reading->file->lines, line);

  return line->place;
}

/* Returns: (transfer full): the cell, "" where there is none */
static char *
dup_cell (Reading   *reading,
          GPtrArray *row,
          Field      field)
{
  int column = reading->columns[field];

  return column >= 0 && (guint) column < row->len ? linli_field_clean_line (row->pdata[column]) : g_strdup ("");
}

static void
describe (JsonObject *place,
          const char *aliases,
          const char *grid)
{
  if (*aliases != '\0')
    json_object_set_string_member (place, "aliases", aliases);
  if (*grid != '\0')
    json_object_set_string_member (place, "grid", grid);
}

static const char *
kind_of (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_words); i++)
    if (g_str_equal (kind_words[i].word, word))
      return kind_words[i].kind;
  return word; /* the command's own word, or one that it refuses */
}

/* One place a row; what it stands in may be spread over columns as well. */
static void
take_named (Reading    *reading,
            guint64     number,
            GPtrArray  *row,
            const char *name)
{
  g_autofree char *kind = dup_cell (reading, row, KIND);
  g_autofree char *parent = dup_cell (reading, row, PARENT);
  g_autofree char *aliases = dup_cell (reading, row, ALIASES);
  g_autofree char *grid = dup_cell (reading, row, GRID);

  if (*parent == '\0')
    {
      g_free (parent);
      parent = dup_cell (reading, row, COMMUNITY);
    }
  describe (add_line (reading, number, name, kind_of (kind), parent), aliases, grid);
}

/* Blank cells above the first that is filled repeat the row before: merged cells. */
static void
take_cells (Reading   *reading,
            GPtrArray *row)
{
  gboolean filled = FALSE;

  for (guint level = 0; level < LEVELS; level++)
    {
      g_autofree char *cell = dup_cell (reading, row, level);

      filled = filled || *cell != '\0';
      if (!filled)
        continue;
      g_free (reading->current[level]);
      reading->current[level] = g_steal_pointer (&cell);
    }
}

/* Columns from above to below: each place above is made once, the grid and the
 * other names belong to the last one. A road beside an estate is its address. */
static void
take_levels (Reading   *reading,
             guint64    number,
             GPtrArray *row)
{
  g_autofree char *aliases = dup_cell (reading, row, ALIASES);
  g_autofree char *grid = dup_cell (reading, row, GRID);
  g_autoptr(GString) path = g_string_new (NULL);
  JsonObject *last = NULL;

  take_cells (reading, row);
  for (guint level = 0; level < LEVELS; level++)
    {
      const char *name = reading->current[level];
      g_autofree char *above = g_strdup (path->str);

      if (name == NULL || *name == '\0' ||
          (level == ROAD && reading->current[ESTATE] != NULL && *reading->current[ESTATE] != '\0'))
        continue;
      g_string_append_printf (path, "%s%s", path->len > 0 ? "/" : "", name);
      last = g_hash_table_add (reading->seen, g_strdup (path->str))
               ? add_line (reading, number, name, level_kinds[level], above) : NULL;
    }
  if (last != NULL)
    describe (last, aliases, grid);
}

static gboolean
is_blank_row (GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    if (!linli_field_is_blank (row->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
take_row (Reading   *reading,
          guint64    number,
          GPtrArray *row)
{
  g_autofree char *name = dup_cell (reading, row, NAME);

  if (is_blank_row (row))
    return;
  if (reading->columns[NAME] >= 0)
    take_named (reading, number, row, name);
  else
    take_levels (reading, number, row);
}

/* The first rows, among which the headings are. */
static GPtrArray *
read_head (LinliTableReader *reader,
           GError          **error)
{
  g_autoptr(GPtrArray) head = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *row = NULL;

  do
    {
      GPtrArray *copy;

      if (!linli_table_reader_next (reader, &row, error))
        return NULL;
      if (row == NULL)
        break;
      copy = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < row->len; i++)
        g_ptr_array_add (copy, g_strdup (row->pdata[i]));
      g_ptr_array_add (head, copy);
    }
  while (head->len < HEAD_ROWS);

  return g_steal_pointer (&head);
}

static gboolean
match_columns (Reading   *reading,
               GPtrArray *head,
               guint     *first,
               GError   **error)
{
  int header = linli_column_match_find_header (head, specs, N_FIELDS);
  g_autoptr(GArray) matches = NULL;
  gboolean any = FALSE;

  if (header >= 0)
    matches = linli_column_match_propose (head->pdata[header], specs, N_FIELDS);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      reading->columns[i] = matches != NULL ? g_array_index (matches, LinliColumnMatch, i).column : -1;
      any = any || (i <= NAME && reading->columns[i] >= 0);
    }
  if (!any)
    g_set_error_literal (error, LINLI_PLACE_FILE_ERROR, LINLI_PLACE_FILE_ERROR_HEADINGS,
                         "No headings of a list of places: a name, or community, estate, building and unit are needed");
  *first = (guint) (header + 1);
  return any;
}

static gboolean
read_rows (Reading          *reading,
           LinliTableReader *reader,
           GError          **error)
{
  g_autoptr(GPtrArray) head = read_head (reader, error);
  GPtrArray *row = NULL;
  guint64 last;
  guint first;

  if (head == NULL || !match_columns (reading, head, &first, error))
    return FALSE;
  last = linli_table_reader_get_row (reader);
  for (guint i = first; i < head->len; i++)
    take_row (reading, last - (head->len - 1 - i), head->pdata[i]);
  while (head->len == HEAD_ROWS)
    {
      if (!linli_table_reader_next (reader, &row, error))
        return FALSE;
      if (row == NULL)
        break;
      take_row (reading, linli_table_reader_get_row (reader), row);
    }
  return TRUE;
}

/**
 * linli_place_file_read:
 * @file: CSV or XLSX
 * @error: %LINLI_PLACE_FILE_ERROR, %LINLI_TABLE_ERROR, %G_IO_ERROR
 *
 * Reads the whole list; nothing is stored yet. Blocks.
 *
 * Returns: (transfer full)
 */
LinliPlaceFile *
linli_place_file_read (GFile        *file,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr(LinliTableReader) reader = linli_table_reader_new (file, LINLI_TABLE_READER_DEFAULT, cancellable, error);
  g_autoptr(LinliPlaceFile) self = NULL;
  Reading reading = { 0 };
  gboolean done;

  if (reader == NULL)
    return NULL;

  self = g_new0 (LinliPlaceFile, 1);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  reading.file = self;
  reading.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  done = read_rows (&reading, reader, error);
  g_hash_table_unref (reading.seen);
  for (guint level = 0; level < LEVELS; level++)
    g_free (reading.current[level]);

  return done ? g_steal_pointer (&self) : NULL;
}

static char *
next_id (gpointer data)
{
  guint *n = data;

  return g_strdup_printf ("new-%u", (*n)++);
}

/**
 * linli_place_file_check:
 * @error: %LINLI_STORE_ERROR
 *
 * Says of every line what would become of it, by the same rules as the command.
 */
gboolean
linli_place_file_check (LinliPlaceFile *self,
                        LinliConn      *conn,
                        GError        **error)
{
  g_autoptr(LinliPlaceTree) tree = linli_place_tree_load (conn, error);
  guint n = 0;

  if (tree == NULL)
    return FALSE;
  memset (self->counts, 0, sizeof self->counts);
  for (guint i = 0; i < self->lines->len; i++)
    {
      LinliPlaceLine *line = self->lines->pdata[i];
      g_autoptr(GError) refusal = NULL;
      const char *id = NULL;

      line->verdict = linli_place_tree_take (tree, line->place, next_id, &n, &id, &refusal);
      g_clear_pointer (&line->reason, g_free);
      g_clear_pointer (&line->full_name, g_free);
      if (refusal != NULL)
        line->reason = g_strdup (refusal->message);
      else
        line->full_name = g_strdup (linli_row_get_text (linli_place_tree_get (tree, id), LINLI_PLACE_FULL_NAME));
      self->counts[line->verdict]++;
    }
  return TRUE;
}

/**
 * linli_place_file_import:
 * @conn: the connection of a writing job
 * @error: %LINLI_DOMAIN_ERROR, %LINLI_STORE_ERROR
 *
 * Brings in what is new or changed, after checking it again: another may have
 * worked on the list meanwhile.
 *
 * Returns: (transfer full) (element-type utf8): the operations, in their order,
 *   to be undone from the last to the first
 */
GPtrArray *
linli_place_file_import (LinliPlaceFile  *self,
                         LinliStore      *store,
                         LinliConn       *conn,
                         GError         **error)
{
  g_autoptr(GPtrArray) operations = g_ptr_array_new_with_free_func (g_free);
  guint i = 0;

  if (!linli_place_file_check (self, conn, error))
    return NULL;
  while (i < self->lines->len)
    {
      g_autoptr(JsonObject) args = json_object_new ();
      g_autoptr(LinliOutcome) outcome = NULL;
      JsonArray *batch = json_array_new ();

      for (; i < self->lines->len && json_array_get_length (batch) < BATCH; i++)
        {
          LinliPlaceLine *line = self->lines->pdata[i];

          if (line->verdict == LINLI_PLACE_NEW || line->verdict == LINLI_PLACE_CHANGED)
            json_array_add_object_element (batch, json_object_ref (line->place));
        }
      json_object_set_array_member (args, "places", batch);
      if (json_array_get_length (batch) == 0)
        break;
      outcome = linli_store_submit (store, conn, "place.import", args, LINLI_EXECUTE_QUEUE, error);
      if (outcome == NULL)
        return NULL;
      g_ptr_array_add (operations, g_strdup (outcome->operation));
    }
  return g_steal_pointer (&operations);
}
