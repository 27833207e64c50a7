/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A city's responsibility list (职责清单, 立案处置结案标准) as it stands in a
 * spreadsheet: a title above the headings, merged cells that are blank below
 * their first row, and under one sub-class several conditions with a limit
 * each. Every condition becomes a leaf, because the limit hangs on it. */

#include "config.h"

#include "linli-duty-file.h"

#include <string.h>

#include "linli-column-match.h"
#include "linli-field-parse.h"
#include "linli-json.h"
#include "linli-limit.h"
#include "linli-table-reader.h"

G_DEFINE_QUARK (linli-duty-file-error-quark, linli_duty_file_error)

#define HEAD_ROWS 10
#define BATCH     40
#define NAME_MAX_CHARS 60

typedef enum
{
  CLASS_CODE,
  CLASS_NAME,
  ITEM_CODE,
  ITEM_NAME,
  FILING,
  LIMIT,
  CLOSING,
  SUPERVISOR,
  OWNER,
  BASIS,
  CLAUSE,
  STANDARD,
  N_FIELDS,
} Field;

#define NAMES(...) ((const char *const[]) { __VA_ARGS__, NULL })

static const LinliFieldSpec specs[N_FIELDS] = {
  [CLASS_CODE] = { "class_code", NAMES ("大类代码", "一级代码") },
  [CLASS_NAME] = { "class_name", NAMES ("大类名称", "大类", "一级分类") },
  [ITEM_CODE] = { "item_code", NAMES ("小类代码", "二级代码") },
  [ITEM_NAME] = { "item_name", NAMES ("小类名称", "小类", "事项", "事项名称") },
  [FILING] = { "filing", NAMES ("立案条件", "情形") },
  [LIMIT] = { "limit", NAMES ("处置时限", "时限", "办理时限") },
  [CLOSING] = { "closing", NAMES ("结案条件", "结案标准") },
  [SUPERVISOR] = { "supervisor", NAMES ("监管主体", "监管单位") },
  [OWNER] = { "owner", NAMES ("责任主体", "处置责任主体", "责任单位", "主办单位") },
  [BASIS] = { "basis", NAMES ("法律法规依据", "法律依据", "依据") },
  [CLAUSE] = { "clause", NAMES ("法律法规具体条款", "条款") },
  [STANDARD] = { "standard", NAMES ("处置标准", "采集要求") },
};

/* Fields whose blank cells repeat the cell above: merged cells. */
static const gboolean filled_down[N_FIELDS] = {
  [CLASS_CODE] = TRUE, [CLASS_NAME] = TRUE, [ITEM_CODE] = TRUE, [ITEM_NAME] = TRUE,
  [SUPERVISOR] = TRUE, [OWNER] = TRUE, [BASIS] = TRUE, [CLAUSE] = TRUE, [STANDARD] = TRUE,
};

typedef struct
{
  LinliDutyFile *file;
  int            columns[N_FIELDS];
  char          *current[N_FIELDS]; /* (owned) (nullable) */
  GHashTable    *branches;          /* codes already made */
  GHashTable    *leaves;            /* item code -> number of leaves so far */
  guint64        line;
} Reading;

void
linli_duty_file_free (LinliDutyFile *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_free (self);
}

static void
warn (Reading    *reading,
      const char *what,
      const char *text)
{
  g_ptr_array_add (reading->file->warnings,
                   g_strdup_printf ("line %" G_GUINT64_FORMAT ": %s: %s", reading->line, what, text));
}

static JsonObject *
add_item (Reading    *reading,
          const char *code,
          const char *parent,
          int         level,
          const char *name,
          const char *path,
          gboolean    leaf)
{
  JsonObject *item = json_object_new ();

  json_object_set_string_member (item, "code", code);
  if (parent != NULL)
    json_object_set_string_member (item, "parent_code", parent);
  json_object_set_int_member (item, "level", level);
  json_object_set_string_member (item, "name", name);
  json_object_set_string_member (item, "path", path);
  json_object_set_boolean_member (item, "leaf", leaf);
  g_ptr_array_add (reading->file->items, item);

  return item;
}

static void
ensure_branch (Reading    *reading,
               const char *code,
               const char *parent,
               int         level,
               const char *name,
               const char *path)
{
  if (!g_hash_table_add (reading->branches, g_strdup (code)))
    return;
  add_item (reading, code, parent, level, name, path, FALSE);
}

/* "缺失、移位、开裂，存在安全隐患的" is too long for a name; what comes before
 * the first pause of the sentence is what people say. */
static char *
leaf_name (Reading *reading)
{
  const char *item = reading->current[ITEM_NAME];
  const char *filing = reading->current[FILING];
  g_autofree char *brief = NULL;
  char *stop;

  if (filing == NULL)
    return g_strdup (item);
  brief = linli_field_clean_line (filing);
  stop = strstr (brief, "，");
  if (stop != NULL)
    *stop = '\0';
  if (g_utf8_strlen (brief, -1) > NAME_MAX_CHARS)
    *g_utf8_offset_to_pointer (brief, NAME_MAX_CHARS) = '\0';

  return g_strdup_printf ("%s：%s", item, brief);
}

/* The first of the owners named is the one to send a case to; "各产权单位" and
 * the like name nobody. */
static char *
lead_of (const char *owner)
{
  g_auto(GStrv) names = g_strsplit_set (owner, ",;\n", -1);
  g_autofree char *joined = g_strjoinv ("、", names);
  g_auto(GStrv) parts = g_strsplit (joined, "、", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *name = g_strstrip (parts[i]);

      if (*name != '\0' && !g_str_has_prefix (name, "各") && !g_str_has_prefix (name, "属地") &&
          !g_str_has_prefix (name, "所属") && !g_str_has_prefix (name, "相关"))
        return g_strdup (name);
    }
  return NULL;
}

/* A limit is kept as it is typed, whether it can be counted or not. */
static void
add_limit (Reading    *reading,
           JsonObject *leaf)
{
  const char *cell = reading->current[LIMIT];
  g_autofree char *text = cell != NULL ? linli_field_clean_line (cell) : NULL;
  g_autoptr(LinliLimitText) parsed = NULL;
  JsonObject *limits;

  if (text == NULL || *text == '\0')
    {
      warn (reading, "no limit", reading->current[ITEM_NAME]);
      return;
    }
  parsed = linli_limit_text_parse (text, LINLI_BARE_IS_CLOCK);
  if (parsed->limits->len == 0)
    warn (reading, "limit not understood, kept as typed", text);
  for (guint i = 0; parsed->limits->len > 0 && i < parsed->rest->len; i++)
    warn (reading, "part of a limit not understood", parsed->rest->pdata[i]);
  limits = json_object_new ();
  json_object_set_string_member (limits, "resolve", text);
  json_object_set_object_member (leaf, "limits", limits);
}

static void
add_text (JsonObject *item,
          const char *member,
          const char *cell)
{
  g_autofree char *text = cell != NULL ? linli_field_clean_text (cell) : NULL;

  if (text != NULL && *text != '\0')
    json_object_set_string_member (item, member, text);
}

static void
add_leaf (Reading *reading)
{
  const char *class_name = reading->current[CLASS_NAME];
  const char *item_name = reading->current[ITEM_NAME];
  const char *class_code = reading->current[CLASS_CODE] != NULL ? reading->current[CLASS_CODE] : class_name;
  g_autofree char *parent = g_strdup_printf ("L%s", class_code);
  g_autofree char *group = g_strdup_printf ("L%s.%s", class_code,
                                            reading->current[ITEM_CODE] != NULL ? reading->current[ITEM_CODE] : item_name);
  g_autofree char *group_path = g_strdup_printf ("%s / %s", class_name, item_name);
  g_autofree char *name = leaf_name (reading);
  g_autofree char *path = g_strdup_printf ("%s / %s", group_path, name);
  g_autofree char *code = NULL;
  g_autofree char *lead = NULL;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (reading->leaves, group)) + 1;
  JsonObject *leaf;

  ensure_branch (reading, parent, NULL, 1, class_name, class_name);
  ensure_branch (reading, group, parent, 2, item_name, group_path);
  g_hash_table_insert (reading->leaves, g_strdup (group), GUINT_TO_POINTER (n));
  code = g_strdup_printf ("%s.%02u", group, n);
  leaf = add_item (reading, code, group, 3, name, path, TRUE);
  reading->file->n_leaves++;

  add_limit (reading, leaf);
  add_text (leaf, "filing", reading->current[FILING]);
  add_text (leaf, "closing", reading->current[CLOSING]);
  add_text (leaf, "standard", reading->current[STANDARD]);
  add_text (leaf, "legal_basis", reading->current[BASIS]);
  add_text (leaf, "clause", reading->current[CLAUSE]);
  add_text (leaf, "owner_text", reading->current[OWNER]);
  lead = reading->current[OWNER] != NULL ? lead_of (reading->current[OWNER]) : NULL;
  if (lead != NULL)
    json_object_set_string_member (leaf, "lead", lead);
}

/* A new sub-class starts with blank owners and laws of its own, not with those
 * of the one before: merged cells reach down to the end of their sub-class. */
static void
take_cells (Reading   *reading,
            GPtrArray *row)
{
  int item_column = reading->columns[ITEM_NAME];
  gboolean new_item = item_column >= 0 && (guint) item_column < row->len &&
                      !linli_field_is_blank (row->pdata[item_column]);

  for (guint i = 0; i < N_FIELDS; i++)
    {
      int column = reading->columns[i];
      const char *cell = column >= 0 && (guint) column < row->len ? row->pdata[column] : "";
      gboolean blank = linli_field_is_blank (cell);
      gboolean keeps = filled_down[i] && (!new_item || i == CLASS_CODE || i == CLASS_NAME);

      if (blank && keeps)
        continue;
      g_free (reading->current[i]);
      reading->current[i] = blank ? NULL
                          : i == CLASS_NAME || i == ITEM_NAME ? linli_field_clean_line (cell) : g_strdup (cell);
    }
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
          GPtrArray *row)
{
  if (is_blank_row (row))
    return;
  take_cells (reading, row);
  if (reading->current[CLASS_NAME] == NULL || reading->current[ITEM_NAME] == NULL)
    warn (reading, "row belongs to no class", reading->current[FILING] != NULL ? reading->current[FILING] : "");
  else if (reading->current[FILING] == NULL && reading->current[LIMIT] == NULL)
    warn (reading, "row holds neither condition nor limit", reading->current[ITEM_NAME]);
  else
    add_leaf (reading);
}

static gboolean
find_headings (Reading           *reading,
               LinliTableReader  *reader,
               GPtrArray        **pending,
               GError           **error)
{
  g_autoptr(GPtrArray) head = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr(GArray) matches = NULL;
  GPtrArray *row = NULL;
  int header;

  do
    {
      if (!linli_table_reader_next (reader, &row, error))
        return FALSE;
      if (row != NULL)
        {
          GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

          for (guint i = 0; i < row->len; i++)
            g_ptr_array_add (copy, g_strdup (row->pdata[i]));
          g_ptr_array_add (head, copy);
        }
    }
  while (row != NULL && head->len < HEAD_ROWS);

  header = linli_column_match_find_header (head, specs, N_FIELDS);
  if (header >= 0)
    matches = linli_column_match_propose (head->pdata[header], specs, N_FIELDS);
  for (guint i = 0; matches != NULL && i < N_FIELDS; i++)
    reading->columns[i] = g_array_index (matches, LinliColumnMatch, i).column;
  if (matches == NULL || reading->columns[ITEM_NAME] < 0 || reading->columns[CLASS_NAME] < 0 ||
      reading->columns[LIMIT] < 0)
    {
      g_set_error_literal (error, LINLI_DUTY_FILE_ERROR, LINLI_DUTY_FILE_ERROR_HEADINGS,
                           "No headings of a duty list: class, item and limit are needed");
      return FALSE;
    }
  g_ptr_array_remove_range (head, 0, (guint) header + 1);
  *pending = g_steal_pointer (&head);

  return TRUE;
}

static gboolean
read_rows (Reading          *reading,
           LinliTableReader *reader,
           GError          **error)
{
  g_autoptr(GPtrArray) pending = NULL;
  GPtrArray *row = NULL;

  if (!find_headings (reading, reader, &pending, error))
    return FALSE;
  for (guint i = 0; i < pending->len; i++)
    {
      reading->line = linli_table_reader_get_row (reader) - (pending->len - 1 - i);
      take_row (reading, pending->pdata[i]);
    }
  while (TRUE)
    {
      if (!linli_table_reader_next (reader, &row, error))
        return FALSE;
      if (row == NULL)
        return TRUE;
      reading->line = linli_table_reader_get_row (reader);
      take_row (reading, row);
    }
}

/**
 * linli_duty_file_read:
 * @file: CSV or XLSX
 * @error: %LINLI_DUTY_FILE_ERROR, %LINLI_TABLE_ERROR, %G_IO_ERROR
 *
 * Reads the whole list; nothing is stored yet. Blocks.
 *
 * Returns: (transfer full): its items, and what could not be understood
 */
LinliDutyFile *
linli_duty_file_read (GFile        *file,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autoptr(LinliTableReader) reader = linli_table_reader_new (file, LINLI_TABLE_READER_DEFAULT, cancellable, error);
  g_autoptr(LinliDutyFile) self = NULL;
  Reading reading = { 0 };
  gboolean done;

  if (reader == NULL)
    return NULL;

  self = g_new0 (LinliDutyFile, 1);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  reading.file = self;
  reading.branches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading.leaves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  done = read_rows (&reading, reader, error);
  for (guint i = 0; i < N_FIELDS; i++)
    g_free (reading.current[i]);
  g_hash_table_unref (reading.branches);
  g_hash_table_unref (reading.leaves);

  return done ? g_steal_pointer (&self) : NULL;
}

static void
add_told (JsonObject *told,
          const char *member,
          gint64     *sum)
{
  gint64 n = 0;

  if (linli_json_get_int (told, member, &n))
    *sum += n;
}

/**
 * linli_duty_file_import:
 * @conn: the connection of a writing job
 * @source: what the list is called
 * @result: (out caller-allocates): what changed
 * @error: %LINLI_DOMAIN_ERROR, %LINLI_STORE_ERROR
 *
 * Brings the list in; an item that says something new becomes a new version.
 */
gboolean
linli_duty_file_import (LinliDutyFile       *self,
                        LinliStore          *store,
                        LinliConn           *conn,
                        const char          *source,
                        LinliDutyFileResult *result,
                        GError             **error)
{
  memset (result, 0, sizeof *result);
  for (guint start = 0; start < self->items->len; start += BATCH)
    {
      g_autoptr(JsonObject) args = json_object_new ();
      g_autoptr(LinliOutcome) outcome = NULL;
      JsonArray *batch = json_array_new ();

      for (guint i = start; i < MIN (start + BATCH, self->items->len); i++)
        json_array_add_object_element (batch, json_object_ref (self->items->pdata[i]));
      json_object_set_string_member (args, "source", source);
      json_object_set_array_member (args, "items", batch);
      outcome = linli_store_submit (store, conn, "duty.import", args, LINLI_EXECUTE_QUEUE, error);
      if (outcome == NULL)
        return FALSE;
      add_told (outcome->result, "n_new", &result->n_new);
      add_told (outcome->result, "n_changed", &result->n_changed);
      add_told (outcome->result, "n_same", &result->n_same);
    }

  return TRUE;
}
