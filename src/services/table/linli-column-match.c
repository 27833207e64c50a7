/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which column is which field. Headings are compared by their letters, digits
 * and hanzi alone, so "* 联系电话：" is 联系电话 and CREATE_TIME is createTime.
 * What a person has decided for a set of headings is kept under its
 * fingerprint, whatever the order of the columns. */

#include "config.h"

#include "linli-column-match.h"

#include "linli-json.h"
#include "linli-text.h"

#include <string.h>

#define MIN_HEADER_MATCHES 2
#define MAX_HEADING        512 /* bytes of a cell that are looked at: what follows is no heading */

typedef struct
{
  guint          field;
  guint          column;
  guint          confidence;
  LinliMatchKind kind;
} Candidate;

static char *
fold_heading (const char *text)
{
  gsize length = strnlen (text, MAX_HEADING);
  g_autofree char *folded = NULL;
  GString *out = g_string_new (NULL);

  while (length > 0 && length == MAX_HEADING && (text[length] & 0xc0) == 0x80)
    length--;
  folded = linli_text_fold (text, (gssize) length);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      LinliCharClass class = linli_char_class (c);

      if (class != LINLI_CHAR_SEPARATOR && class != LINLI_CHAR_SPACE)
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static GPtrArray *
fold_header (GPtrArray *header)
{
  GPtrArray *folded = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < header->len; i++)
    g_ptr_array_add (folded, fold_heading (header->pdata[i]));
  return folded;
}

/* How well one spelling of a field explains a heading; both folded. */
static guint
rate (const char *heading,
      const char *spelling)
{
  glong heading_length = g_utf8_strlen (heading, -1), length = g_utf8_strlen (spelling, -1);

  if (length == 0 || heading_length == 0)
    return 0;
  if (strcmp (heading, spelling) == 0)
    return 100;
  if (length >= 2 && strstr (heading, spelling) != NULL)
    return (guint) (45 + 40 * length / heading_length);
  if (heading_length >= 2 && strstr (spelling, heading) != NULL)
    return (guint) (35 + 40 * heading_length / length);
  return 0;
}

static Candidate
rate_field (const LinliFieldSpec *field,
            const char           *heading)
{
  g_autofree char *name = fold_heading (field->name);
  guint best = rate (heading, name);
  Candidate candidate = { .confidence = best,
                          .kind = best == 100 ? LINLI_MATCH_NAME : LINLI_MATCH_CONTAINS };

  for (const char *const *alias = field->aliases; alias != NULL && *alias != NULL &&
       best < 100; alias++)
    {
      g_autofree char *folded = fold_heading (*alias);
      guint rating = rate (heading, folded);

      if (rating > candidate.confidence)
        {
          candidate.kind = rating == 100 ? LINLI_MATCH_ALIAS : LINLI_MATCH_CONTAINS;
          candidate.confidence = MIN (rating, 95);
        }
    }
  return candidate;
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->confidence != y->confidence)
    return x->confidence > y->confidence ? -1 : 1;
  if (x->field != y->field)
    return x->field < y->field ? -1 : 1;
  return x->column < y->column ? -1 : x->column > y->column;
}

static GArray *
no_matches (guint n_fields)
{
  GArray *matches = g_array_sized_new (FALSE, TRUE, sizeof (LinliColumnMatch), n_fields);

  g_array_set_size (matches, n_fields);
  for (guint i = 0; i < n_fields; i++)
    g_array_index (matches, LinliColumnMatch, i).column = -1;
  return matches;
}

/**
 * linli_column_match_propose:
 * @header: (element-type utf8): the headings of a table
 * @fields: (array length=n_fields): what could be in it
 *
 * The surest pairs first; no column serves two fields.
 *
 * Returns: (transfer full) (element-type LinliColumnMatch): one per field
 */
GArray *
linli_column_match_propose (GPtrArray            *header,
                            const LinliFieldSpec *fields,
                            guint                 n_fields)
{
  g_autoptr(GPtrArray) folded = NULL;
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autofree gboolean *taken = NULL;
  GArray *matches;

  g_return_val_if_fail (header != NULL && fields != NULL, NULL);

  folded = fold_header (header);
  for (guint i = 0; i < n_fields; i++)
    for (guint j = 0; j < folded->len; j++)
      {
        Candidate candidate = rate_field (&fields[i], folded->pdata[j]);

        candidate.field = i;
        candidate.column = j;
        if (candidate.confidence > 0)
          g_array_append_val (candidates, candidate);
      }
  g_array_sort (candidates, compare_candidates);

  taken = g_new0 (gboolean, header->len + 1);
  matches = no_matches (n_fields);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      LinliColumnMatch *match = &g_array_index (matches, LinliColumnMatch, candidate->field);

      if (match->column >= 0 || taken[candidate->column])
        continue;
      taken[candidate->column] = TRUE;
      match->column = (int) candidate->column;
      match->kind = candidate->kind;
      match->confidence = candidate->confidence;
    }
  return matches;
}

/**
 * linli_column_match_find_header:
 * @rows: (element-type GPtrArray): the first rows of a table
 *
 * Titles and remarks stand above the headings of real files.
 *
 * Returns: the row with the most fields named outright, the first of equals;
 *   -1 when none names two
 */
int
linli_column_match_find_header (GPtrArray            *rows,
                                const LinliFieldSpec *fields,
                                guint                 n_fields)
{
  guint best = 0;
  int found = -1;

  g_return_val_if_fail (rows != NULL && fields != NULL, -1);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(GArray) matches = linli_column_match_propose (rows->pdata[i], fields, n_fields);
      guint n = 0;

      for (guint j = 0; j < n_fields; j++)
        n += g_array_index (matches, LinliColumnMatch, j).kind >= LINLI_MATCH_ALIAS;
      if (n > best)
        {
          best = n;
          found = (int) i;
        }
    }
  return best >= MIN (n_fields, MIN_HEADER_MATCHES) ? found : -1;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * linli_column_fingerprint:
 * @header: (element-type utf8): the headings of a table
 *
 * Returns: (transfer full): a name for this set of headings, in any order
 */
char *
linli_column_fingerprint (GPtrArray *header)
{
  g_autoptr(GPtrArray) folded = NULL;
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_return_val_if_fail (header != NULL, NULL);

  folded = fold_header (header);
  g_ptr_array_sort (folded, compare_texts);
  for (guint i = 0; i < folded->len; i++)
    if (*(char *) folded->pdata[i] != '\0')
      g_checksum_update (sum, folded->pdata[i], (gssize) strlen (folded->pdata[i]) + 1);
  return g_strdup (g_checksum_get_string (sum));
}

/* Headings may repeat: the nth of those with this text. */
static guint
count_before (GPtrArray *folded,
              guint      column)
{
  guint n = 0;

  for (guint i = 0; i < column; i++)
    n += strcmp (folded->pdata[i], folded->pdata[column]) == 0;
  return n;
}

/**
 * linli_column_mappings_save:
 * @mappings: all that were saved, by fingerprint; changed
 * @matches: (element-type LinliColumnMatch): what was decided, one per field
 *
 * Fields without a column are kept as such, not proposed anew.
 */
void
linli_column_mappings_save (JsonObject           *mappings,
                            GPtrArray            *header,
                            const LinliFieldSpec *fields,
                            guint                 n_fields,
                            GArray               *matches)
{
  g_autoptr(GPtrArray) folded = NULL;
  g_autofree char *fingerprint = NULL;
  JsonObject *columns;

  g_return_if_fail (mappings != NULL && header != NULL && fields != NULL);
  g_return_if_fail (matches != NULL && matches->len == n_fields);

  folded = fold_header (header);
  fingerprint = linli_column_fingerprint (header);
  columns = json_object_new ();
  for (guint i = 0; i < n_fields; i++)
    {
      int column = g_array_index (matches, LinliColumnMatch, i).column;
      JsonObject *place;

      if (column < 0 || (guint) column >= folded->len)
        {
          json_object_set_null_member (columns, fields[i].name);
          continue;
        }
      place = json_object_new ();
      json_object_set_string_member (place, "heading", folded->pdata[column]);
      json_object_set_int_member (place, "nth", count_before (folded, (guint) column));
      json_object_set_object_member (columns, fields[i].name, place);
    }
  json_object_set_object_member (mappings, fingerprint, columns);
}

static int
find_place (GPtrArray  *folded,
            JsonObject *place)
{
  const char *heading = linli_json_get_text (place, "heading");
  gint64 nth = 0;

  linli_json_get_int (place, "nth", &nth);
  for (guint i = 0; i < folded->len && heading != NULL; i++)
    if (strcmp (folded->pdata[i], heading) == 0 && nth-- == 0)
      return (int) i;
  return -1;
}

/**
 * linli_column_mappings_recall:
 * @mappings: all that were saved; from a file anybody may have edited
 *
 * Returns: (transfer full) (nullable) (element-type LinliColumnMatch): what
 *   was decided for these headings, or %NULL
 */
GArray *
linli_column_mappings_recall (JsonObject           *mappings,
                              GPtrArray            *header,
                              const LinliFieldSpec *fields,
                              guint                 n_fields)
{
  g_autoptr(GPtrArray) folded = NULL;
  g_autofree char *fingerprint = NULL;
  JsonObject *columns;
  GArray *matches;

  g_return_val_if_fail (mappings != NULL && header != NULL && fields != NULL, NULL);

  fingerprint = linli_column_fingerprint (header);
  columns = linli_json_get_object (mappings, fingerprint);
  if (columns == NULL)
    return NULL;

  folded = fold_header (header);
  matches = no_matches (n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      LinliColumnMatch *match = &g_array_index (matches, LinliColumnMatch, i);
      JsonObject *place = linli_json_get_object (columns, fields[i].name);

      match->column = place != NULL ? find_place (folded, place) : -1;
      match->kind = LINLI_MATCH_SAVED;
      match->confidence = 100;
    }
  return matches;
}
