/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cell of a responsibility list, taken apart: which limits, for which cases,
 * and what nobody can read as a limit. Every character that is not space,
 * punctuation or a filler word ends in a limit, a qualifier or the rest. */

#include "config.h"

#include "linli-limit-scan.h"

/* Longer cells are prose. They are reported as a whole. */
#define LENGTH_MAX 2000

typedef struct
{
  const LinliScan *scan;
  LinliLimitText  *parsed;
  LinliBareUnit    bare;
  GString         *pending; /* words waiting for the limit they qualify */
} Reader;

static void
limit_clear (gpointer data)
{
  LinliLimit *limit = data;

  g_free (limit->qualifier);
  g_free (limit->source);
}

void
linli_limit_text_free (LinliLimitText *parsed)
{
  if (parsed == NULL)
    return;

  g_array_unref (parsed->limits);
  g_ptr_array_unref (parsed->rest);
  g_free (parsed);
}

/* Between limits for different cases. */
static gboolean
is_hard_separator (gunichar c)
{
  return c == ';' || c == '\n' || c == 0x3002; /* 。 */
}

/* Between limits, or between the cases of one limit. */
static gboolean
is_soft_separator (gunichar c)
{
  return c == ',' || c == '/' || c == 0x3001; /* 、 */
}

static gboolean
is_padding (gunichar c)
{
  return c == ' ' || c == ':' || c == '(' || c == ')' || c == '[' || c == ']' || c == '-' || c == '"'
      || c == 0x3010 || c == 0x3011   /* 【 】 */
      || c == 0x201c || c == 0x201d   /* “ ” */
      || is_soft_separator (c);
}

/* Words around an amount that say nothing but that it is a limit. */
static const char *fillers_before[] = { "限时", "限", "应当在", "应在", "须在", "在", "不得超过", "不超过", "最长", "最多", "within" };
static const char *fillers_behind[] = { "以内", "之内", "内", "完毕", "完成", "办结", "办理", "处置", "处理" };

static gboolean
cut_filler_before (const LinliScan *scan,
                   guint            start,
                   guint           *end)
{
  for (guint i = 0; i < G_N_ELEMENTS (fillers_before); i++)
    {
      guint length = (guint) g_utf8_strlen (fillers_before[i], -1);
      guint ignored;

      if (*end - start >= length && linli_scan_match (scan, *end - length, fillers_before[i], &ignored))
        {
          *end -= length;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
cut_filler_behind (const LinliScan *scan,
                   guint           *start,
                   guint            end)
{
  for (guint i = 0; i < G_N_ELEMENTS (fillers_behind); i++)
    {
      guint behind;

      if (linli_scan_match (scan, *start, fillers_behind[i], &behind) && behind <= end)
        {
          *start = behind;
          return TRUE;
        }
    }

  return FALSE;
}

static void
trim (const LinliScan *scan,
      guint           *start,
      guint           *end)
{
  while (*start < *end && is_padding (scan->c[*start]))
    ++*start;
  while (*start < *end && is_padding (scan->c[*end - 1]))
    --*end;
}

/* Adds the words of [start, end) to what qualifies the next limit. */
static void
add_pending (Reader *reader,
             guint   start,
             guint   end)
{
  const LinliScan *scan = reader->scan;

  trim (scan, &start, &end);
  if (start == end)
    return;

  if (reader->pending->len > 0)
    g_string_append (reader->pending, "、");
  g_string_append_len (reader->pending, scan->text + scan->offset[start],
                       scan->offset[end] - scan->offset[start]);
}

static char *
take_pending (Reader *reader)
{
  char *text = reader->pending->len > 0 ? g_strdup (reader->pending->str) : NULL;

  g_string_truncate (reader->pending, 0);
  return text;
}

/* 紧急30分钟, 紧急2小时: the urgency in front decides which time passes. */
static void
apply_urgency (LinliLimit *limit)
{
  if (limit->qualifier == NULL || !g_str_has_suffix (limit->qualifier, "紧急"))
    return;

  if (limit->term.unit == LINLI_LIMIT_MINUTE)
    limit->term.unit = LINLI_LIMIT_URGENT_MINUTE;
  else if (limit->assumed
           && (limit->term.unit == LINLI_LIMIT_HOUR || limit->term.unit == LINLI_LIMIT_WORKING_HOUR))
    limit->term.unit = LINLI_LIMIT_URGENT_HOUR;
  else
    return;
  limit->assumed = FALSE;
}

static void
add_limit (Reader             *reader,
           const LinliScanHit *hit)
{
  LinliLimit limit = { .term = hit->term, .least = hit->least, .assumed = hit->assumed };

  limit.qualifier = take_pending (reader);
  limit.source = g_strdup (reader->scan->text);
  apply_urgency (&limit);
  g_array_append_val (reader->parsed->limits, limit);
}

/* Words behind the last limit of a piece say what it is for: 5工作日(塌陷). */
static void
qualify_last (Reader *reader,
              guint   start,
              guint   end)
{
  const LinliScan *scan = reader->scan;
  GArray *limits = reader->parsed->limits;
  LinliLimit *last = &g_array_index (limits, LinliLimit, limits->len - 1);
  g_autofree char *words = NULL;

  do
    trim (scan, &start, &end);
  while (cut_filler_behind (scan, &start, end));
  if (start == end)
    return;

  words = g_strndup (scan->text + scan->offset[start], scan->offset[end] - scan->offset[start]);
  if (last->qualifier == NULL)
    last->qualifier = g_steal_pointer (&words);
  else
    {
      char *both = g_strconcat (last->qualifier, "、", words, NULL);

      g_free (last->qualifier);
      last->qualifier = both;
    }
}

/* What stands between soft separators: any number of limits, each with the
 * words before it. */
static void
read_piece (Reader *reader,
            guint   start,
            guint   end)
{
  const LinliScan *scan = reader->scan;
  gboolean found = FALSE;

  for (guint at = start; at < end;)
    {
      LinliScanHit hit;
      guint words_end = at;

      if (!linli_scan_limit (scan, at, reader->bare, &hit) || hit.end > end)
        {
          at++;
          continue;
        }

      if (found)
        while (cut_filler_behind (scan, &start, words_end))
          continue;
      do
        trim (scan, &start, &words_end);
      while (cut_filler_before (scan, start, &words_end));
      add_pending (reader, start, words_end);
      add_limit (reader, &hit);
      found = TRUE;
      start = at = hit.end;
    }

  if (found)
    qualify_last (reader, start, end);
  else
    add_pending (reader, start, end);
}

/* What stands between hard separators. */
static void
read_segment (Reader *reader,
              guint   start,
              guint   end)
{
  char *unread;

  for (guint at = start; at <= end; at++)
    if (at == end || is_soft_separator (reader->scan->c[at]))
      {
        read_piece (reader, start, at);
        start = at + 1;
      }

  unread = take_pending (reader);
  if (unread != NULL)
    g_ptr_array_add (reader->parsed->rest, unread);
}

/**
 * linli_limit_text_parse:
 * @text: what stands in the cell
 * @bare: how to read units that say neither 工作 nor 自然
 *
 * Never fails and drops nothing: a text without any limit comes back as rest.
 * An empty text gives neither.
 *
 * Returns: (transfer full): limits and rest
 */
LinliLimitText *
linli_limit_text_parse (const char   *text,
                        LinliBareUnit bare)
{
  g_autofree char *valid = NULL;
  g_autoptr(GString) pending = g_string_new (NULL);
  g_auto(LinliScan) scan = { 0 };
  LinliLimitText *parsed;
  Reader reader;
  guint start = 0;

  g_return_val_if_fail (text != NULL, NULL);

  parsed = g_new0 (LinliLimitText, 1);
  parsed->limits = g_array_new (FALSE, FALSE, sizeof (LinliLimit));
  g_array_set_clear_func (parsed->limits, limit_clear);
  parsed->rest = g_ptr_array_new_with_free_func (g_free);

  valid = g_utf8_make_valid (text, -1);
  if (g_utf8_strlen (valid, -1) > LENGTH_MAX)
    {
      g_ptr_array_add (parsed->rest, g_steal_pointer (&valid));
      return parsed;
    }

  linli_scan_init (&scan, valid);
  reader = (Reader) { .scan = &scan, .parsed = parsed, .bare = bare, .pending = pending };
  for (guint at = 0; at <= scan.n; at++)
    if (at == scan.n || is_hard_separator (scan.c[at]))
      {
        read_segment (&reader, start, at);
        start = at + 1;
      }

  return parsed;
}

/* Returns: (transfer none) (nullable): the limit that holds until somebody
 *   decides otherwise: the one without a condition (种植季节, 塌陷), where there
 *   is one; the first of those with one otherwise */
const LinliLimit *
linli_limit_text_choose (const LinliLimitText *parsed)
{
  g_return_val_if_fail (parsed != NULL, NULL);

  for (guint i = 0; i < parsed->limits->len; i++)
    {
      const LinliLimit *limit = &g_array_index (parsed->limits, LinliLimit, i);

      if (limit->qualifier == NULL)
        return limit;
    }
  return parsed->limits->len > 0 ? &g_array_index (parsed->limits, LinliLimit, 0) : NULL;
}
