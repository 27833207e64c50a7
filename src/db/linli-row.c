/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-row.h"

#include <string.h>

#include "linli-json-write.h"
#include "linli-uuid.h"

typedef enum
{
  VALUE_NULL,
  VALUE_INT,
  VALUE_TEXT,
  VALUE_BLOB,
} ValueKind;

typedef struct
{
  ValueKind kind;
  union
  {
    gint64  number;
    char   *text;  /* (owned) unless it lies in the row's room */
    GBytes *bytes; /* (owned) */
  };
} Value;

#define ASCII_TOPS    G_GUINT64_CONSTANT (0x8080808080808080)
#define ROOM_A_COLUMN 24 /* bytes for texts of a row that is being made; a longer one stands by itself */

struct _LinliRow
{
  gatomicrefcount   ref_count;
  const LinliTable *table;
  gint64            pk; /* 0 until stored */
  guint             n_values;
  guint             room; /* bytes behind the values, for texts: a row is one piece of memory, or few */
  guint             used;
  Value             values[];
};

static char *
room_of (LinliRow *row)
{
  return (char *) &row->values[row->n_values];
}

static LinliRow *
row_new (const LinliTable *table,
         guint             n,
         gsize             room)
{
  LinliRow *row = g_malloc (sizeof *row + n * sizeof (Value) + room);

  g_atomic_ref_count_init (&row->ref_count);
  row->table = table;
  row->pk = 0;
  row->n_values = n;
  row->room = (guint) room;
  row->used = 0;
  memset (row->values, 0, n * sizeof (Value));

  return row;
}

/* @value: not NULL; @slot holds nothing */
static void
put_text (LinliRow   *row,
          Value      *slot,
          const char *value)
{
  gsize size = strlen (value) + 1;

  slot->kind = VALUE_TEXT;
  if (size <= row->room - row->used)
    {
      slot->text = memcpy (room_of (row) + row->used, value, size);
      row->used += (guint) size;
    }
  else
    slot->text = g_memdup2 (value, size);
}

/**
 * linli_row_new:
 *
 * Returns: (transfer full): a row of @table with every column NULL
 */
LinliRow *
linli_row_new (const LinliTable *table)
{
  guint n = linli_table_n_columns (table);

  return row_new (table, n, n * ROOM_A_COLUMN);
}

LinliRow *
linli_row_ref (LinliRow *row)
{
  g_atomic_ref_count_inc (&row->ref_count);
  return row;
}

static void
clear_value (LinliRow *row,
             Value    *value)
{
  if (value->kind == VALUE_TEXT && (value->text < room_of (row) || value->text >= room_of (row) + row->room))
    g_free (value->text);
  else if (value->kind == VALUE_BLOB)
    g_bytes_unref (value->bytes);
  value->kind = VALUE_NULL;
}

void
linli_row_unref (LinliRow *row)
{
  if (row == NULL || !g_atomic_ref_count_dec (&row->ref_count))
    return;

  for (guint i = 0; i < row->n_values; i++)
    clear_value (row, &row->values[i]);
  g_free (row);
}

/**
 * linli_row_copy:
 *
 * Returns: (transfer full): a row of its own, to be changed and stored
 */
LinliRow *
linli_row_copy (LinliRow *row)
{
  gsize room = 0;
  LinliRow *copy;

  for (guint i = 0; i < row->n_values; i++)
    if (row->values[i].kind == VALUE_TEXT)
      room += strlen (row->values[i].text) + 1;
  copy = row_new (row->table, row->n_values, room);
  copy->pk = row->pk;
  for (guint i = 0; i < row->n_values; i++)
    {
      const Value *value = &row->values[i];

      if (value->kind == VALUE_TEXT)
        put_text (copy, &copy->values[i], value->text);
      else
        copy->values[i] = *value;
      if (value->kind == VALUE_BLOB)
        g_bytes_ref (value->bytes);
    }

  return copy;
}

const LinliTable *
linli_row_get_table (LinliRow *row)
{
  return row->table;
}

gint64
linli_row_get_pk (LinliRow *row)
{
  return row->pk;
}

void
linli_row_set_pk (LinliRow *row,
                  gint64    pk)
{
  row->pk = pk;
}

const char *
linli_row_get_id (LinliRow *row)
{
  return linli_row_get_text (row, 0);
}

static Value *
get_value (LinliRow *row,
           guint     column)
{
  g_assert (column < row->n_values);

  return &row->values[column];
}

void
linli_row_set_null (LinliRow *row,
                    guint     column)
{
  clear_value (row, get_value (row, column));
}

/* @value: (nullable): copied */
void
linli_row_set_text (LinliRow   *row,
                    guint       column,
                    const char *value)
{
  Value *slot = get_value (row, column);
  Value old = *slot; /* cleared last: @value may be its text */

  slot->kind = VALUE_NULL;
  if (value != NULL)
    put_text (row, slot, value);
  clear_value (row, &old);
}

void
linli_row_set_int (LinliRow *row,
                   guint     column,
                   gint64    value)
{
  Value *slot = get_value (row, column);

  clear_value (row, slot);
  slot->kind = VALUE_INT;
  slot->number = value;
}

/* @value: (nullable): shared */
void
linli_row_set_blob (LinliRow *row,
                    guint     column,
                    GBytes   *value)
{
  Value *slot = get_value (row, column);

  if (value != NULL)
    g_bytes_ref (value);
  clear_value (row, slot);
  if (value != NULL)
    {
      slot->kind = VALUE_BLOB;
      slot->bytes = value;
    }
}

gboolean
linli_row_is_null (LinliRow *row,
                   guint     column)
{
  return get_value (row, column)->kind == VALUE_NULL;
}

/* Returns: (transfer none) (nullable) */
const char *
linli_row_get_text (LinliRow *row,
                    guint     column)
{
  Value *value = get_value (row, column);

  return value->kind == VALUE_TEXT ? value->text : NULL;
}

/* 0 for NULL; where that matters ask linli_row_is_null() */
gint64
linli_row_get_int (LinliRow *row,
                   guint     column)
{
  Value *value = get_value (row, column);

  return value->kind == VALUE_INT ? value->number : 0;
}

/* Returns: (transfer none) (nullable) */
GBytes *
linli_row_get_blob (LinliRow *row,
                    guint     column)
{
  Value *value = get_value (row, column);

  return value->kind == VALUE_BLOB ? value->bytes : NULL;
}

gboolean
linli_row_equal_column (LinliRow *a,
                        LinliRow *b,
                        guint     column)
{
  Value *x = get_value (a, column);
  Value *y = get_value (b, column);

  g_assert (a->table == b->table);

  if (x->kind != y->kind)
    return FALSE;
  switch (x->kind)
    {
    case VALUE_INT:  return x->number == y->number;
    case VALUE_TEXT: return g_str_equal (x->text, y->text);
    case VALUE_BLOB: return g_bytes_equal (x->bytes, y->bytes);
    case VALUE_NULL:
    default:         return TRUE;
    }
}

static ValueKind
kind_of_type (LinliType type)
{
  switch (type)
    {
    case LINLI_TYPE_INT:
    case LINLI_TYPE_BOOL:
    case LINLI_TYPE_TIME: return VALUE_INT;
    case LINLI_TYPE_BLOB: return VALUE_BLOB;
    case LINLI_TYPE_TEXT:
    case LINLI_TYPE_UUID:
    case LINLI_TYPE_DATE:
    case LINLI_TYPE_JSON:
    default:              return VALUE_TEXT;
    }
}

/* g_utf8_validate(), which looks at every byte by itself, for what is not plain
 * ASCII alone: every text of every row that is written comes by here. */
static gboolean
is_utf8 (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length;)
    {
      gsize begin;
      guint64 eight;

      while (i + sizeof eight <= length && (memcpy (&eight, text + i, sizeof eight), (eight & ASCII_TOPS) == 0))
        i += sizeof eight;
      while (i < length && (guchar) text[i] < 0x80)
        i++;
      begin = i;
      while (i < length && (guchar) text[i] >= 0x80)
        i++;
      if (!g_utf8_validate (text + begin, (gssize) (i - begin), NULL))
        return FALSE;
    }
  return TRUE;
}

static const char *
find_fault (const LinliColumn *column,
            const Value       *value)
{
  guint limit = column->max_length != 0 ? column->max_length : LINLI_TEXT_LIMIT;

  if (value->kind == VALUE_NULL)
    return column->flags & LINLI_COLUMN_REQUIRED ? "is required" : NULL;
  if (value->kind != kind_of_type (column->type))
    return "has the wrong type";
  if (column->type == LINLI_TYPE_BOOL && value->number != 0 && value->number != 1)
    return "is not a truth value";
  if (value->kind != VALUE_TEXT)
    return NULL;
  if (column->type == LINLI_TYPE_UUID)
    return linli_uuid_is_valid (value->text) ? NULL : "is not an id";
  if (!is_utf8 (value->text))
    return "is not valid UTF-8";
  if (strlen (value->text) > limit && g_utf8_strlen (value->text, -1) > (glong) limit)
    return "is too long";
  if (column->choices != NULL && !g_strv_contains (column->choices, value->text))
    return "is not one of the allowed values";
  return NULL;
}

/**
 * linli_row_check:
 * @error: %LINLI_STORE_ERROR_CONSTRAINT naming table, column and fault
 *
 * Returns: whether @row keeps what its table's description promises
 */
gboolean
linli_row_check (LinliRow *row,
                 GError  **error)
{
  for (guint i = 0; i < row->n_values; i++)
    {
      const char *fault = find_fault (&row->table->columns[i], &row->values[i]);

      if (fault != NULL)
        {
          g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT, "%s.%s %s",
                       row->table->name, row->table->columns[i].name, fault);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * linli_row_read:
 * @stmt: standing on a row of `SELECT pk, <every column in order>`
 *
 * Returns: (transfer full): that row
 */
LinliRow *
linli_row_read (const LinliTable *table,
                LinliStmt        *stmt)
{
  guint n = linli_table_n_columns (table);
  const char **texts = g_newa0 (const char *, n);
  gsize room = 0;
  LinliRow *row;

  for (guint i = 0; i < n; i++)
    if (kind_of_type (table->columns[i].type) == VALUE_TEXT)
      {
        texts[i] = linli_stmt_get_text (stmt, (int) i + 1);
        room += texts[i] != NULL ? strlen (texts[i]) + 1 : 0;
      }
  row = row_new (table, n, room);
  row->pk = linli_stmt_get_int (stmt, 0);
  for (guint i = 0; i < n; i++)
    {
      Value *value = &row->values[i];
      ValueKind kind = kind_of_type (table->columns[i].type);

      if (texts[i] != NULL)
        put_text (row, value, texts[i]);
      else if (kind != VALUE_TEXT && !linli_stmt_is_null (stmt, (int) i + 1))
        {
          value->kind = kind;
          if (kind == VALUE_INT)
            value->number = linli_stmt_get_int (stmt, (int) i + 1);
          else
            value->bytes = linli_stmt_dup_blob (stmt, (int) i + 1);
        }
    }

  return row;
}

/* Binds one column's value to the parameter @index. The row must stay as it is
 * until @stmt is stepped to its end or released. */
void
linli_row_bind_column (LinliRow  *row,
                       guint      column,
                       LinliStmt *stmt,
                       int        index)
{
  const Value *value = get_value (row, column);

  switch (value->kind)
    {
    case VALUE_INT:  linli_stmt_bind_int (stmt, index, value->number); break;
    case VALUE_TEXT: linli_stmt_lend_text (stmt, index, value->text); break;
    case VALUE_BLOB: linli_stmt_bind_blob (stmt, index, value->bytes); break;
    case VALUE_NULL:
    default:         linli_stmt_bind_null (stmt, index); break;
    }
}

/* Binds every column in order, from parameter @first on, as linli_row_bind_column() does. */
void
linli_row_bind (LinliRow  *row,
                LinliStmt *stmt,
                int        first)
{
  for (guint i = 0; i < row->n_values; i++)
    linli_row_bind_column (row, i, stmt, first + (int) i);
}

static void
append_base64 (GBytes  *bytes,
               GString *out)
{
  gsize size = 0;
  const guchar *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_base64_encode (data, size);

  linli_json_append_text (out, text);
}

/**
 * linli_row_append_json_column:
 *
 * Appends the column's value as JSON; the bytes depend on the value alone.
 * Embedded JSON stays text inside a string, so that it is never re-serialised.
 */
void
linli_row_append_json_column (LinliRow *row,
                              guint     column,
                              GString  *out)
{
  Value *value = get_value (row, column);

  switch (value->kind)
    {
    case VALUE_INT:
      if (row->table->columns[column].type == LINLI_TYPE_BOOL)
        g_string_append (out, value->number ? "true" : "false");
      else
        linli_json_append_int (out, value->number);
      break;
    case VALUE_TEXT: linli_json_append_text (out, value->text); break;
    case VALUE_BLOB: append_base64 (value->bytes, out); break;
    case VALUE_NULL:
    default:         g_string_append (out, "null"); break;
    }
}

/* All columns that are not NULL, as one object. */
void
linli_row_append_json (LinliRow *row,
                       GString  *out)
{
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  for (guint i = 0; i < row->n_values; i++)
    {
      if (row->values[i].kind == VALUE_NULL)
        continue;
      if (!first)
        g_string_append_c (out, ',');
      first = FALSE;
      linli_json_append_name (out, row->table->columns[i].name);
      linli_row_append_json_column (row, i, out);
    }
  g_string_append_c (out, '}');
}

/**
 * linli_row_set_json:
 * @value: what linli_row_append_json_column() wrote, parsed
 * @error: %LINLI_STORE_ERROR_CONSTRAINT when it is of another type
 */
gboolean
linli_row_set_json (LinliRow *row,
                    guint     column,
                    JsonNode *value,
                    GError  **error)
{
  const LinliColumn *spec = &row->table->columns[column];
  GType type = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;

  if (JSON_NODE_HOLDS_NULL (value))
    linli_row_set_null (row, column);
  else if (type == G_TYPE_BOOLEAN && spec->type == LINLI_TYPE_BOOL)
    linli_row_set_int (row, column, json_node_get_boolean (value));
  else if (type == G_TYPE_INT64 && kind_of_type (spec->type) == VALUE_INT)
    linli_row_set_int (row, column, json_node_get_int (value));
  else if (type == G_TYPE_STRING && spec->type == LINLI_TYPE_BLOB)
    {
      gsize size = 0;
      guchar *data = g_base64_decode (json_node_get_string (value), &size);
      g_autoptr(GBytes) bytes = g_bytes_new_take (data, size);

      linli_row_set_blob (row, column, bytes);
    }
  else if (type == G_TYPE_STRING && kind_of_type (spec->type) == VALUE_TEXT)
    linli_row_set_text (row, column, json_node_get_string (value));
  else
    {
      g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT,
                   "%s.%s has the wrong type", row->table->name, spec->name);
      return FALSE;
    }

  return TRUE;
}
