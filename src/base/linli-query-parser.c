/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-query-text.h"

#include "linli-text-private.h"

#include <string.h>

#define MAX_CLAUSES 64

typedef struct
{
  const char     *name; /* folded */
  LinliClauseKind kind;
} Operator;

static const Operator operators[] = {
  { "状态", LINLI_CLAUSE_STATE },      { "state", LINLI_CLAUSE_STATE },
  { "status", LINLI_CLAUSE_STATE },    { "單位", LINLI_CLAUSE_UNIT },
  { "单位", LINLI_CLAUSE_UNIT },       { "承办", LINLI_CLAUSE_UNIT },
  { "unit", LINLI_CLAUSE_UNIT },       { "事项", LINLI_CLAUSE_ITEM },
  { "类别", LINLI_CLAUSE_ITEM },       { "item", LINLI_CLAUSE_ITEM },
  { "渠道", LINLI_CLAUSE_CHANNEL },    { "来源", LINLI_CLAUSE_CHANNEL },
  { "channel", LINLI_CLAUSE_CHANNEL }, { "超期", LINLI_CLAUSE_OVERDUE },
  { "逾期", LINLI_CLAUSE_OVERDUE },    { "overdue", LINLI_CLAUSE_OVERDUE },
  { "收件", LINLI_CLAUSE_RECEIVED },   { "登记", LINLI_CLAUSE_RECEIVED },
  { "received", LINLI_CLAUSE_RECEIVED }, { "人", LINLI_CLAUSE_PERSON },
  { "姓名", LINLI_CLAUSE_PERSON },     { "诉求人", LINLI_CLAUSE_PERSON },
  { "person", LINLI_CLAUSE_PERSON },   { "name", LINLI_CLAUSE_PERSON },
  { "电话", LINLI_CLAUSE_PHONE },      { "手机", LINLI_CLAUSE_PHONE },
  { "phone", LINLI_CLAUSE_PHONE },     { "tel", LINLI_CLAUSE_PHONE },
  { "编号", LINLI_CLAUSE_NUMBER },     { "单号", LINLI_CLAUSE_NUMBER },
  { "no", LINLI_CLAUSE_NUMBER },       { "number", LINLI_CLAUSE_NUMBER },
  { "到期", LINLI_CLAUSE_DUE },        { "限期", LINLI_CLAUSE_DUE },
  { "due", LINLI_CLAUSE_DUE },         { "负责", LINLI_CLAUSE_OWNER },
  { "跟进", LINLI_CLAUSE_OWNER },      { "owner", LINLI_CLAUSE_OWNER },
  { "待", LINLI_CLAUSE_AWAITS },       { "等待", LINLI_CLAUSE_AWAITS },
  { "awaits", LINLI_CLAUSE_AWAITS },
  { "派件", LINLI_CLAUSE_PART },       { "part", LINLI_CLAUSE_PART },
  { "派遣", LINLI_CLAUSE_DISPATCHED }, { "dispatched", LINLI_CLAUSE_DISPATCHED },
  { "办结", LINLI_CLAUSE_FINISHED },   { "finished", LINLI_CLAUSE_FINISHED },
  { "时限", LINLI_CLAUSE_LIMIT },      { "limit", LINLI_CLAUSE_LIMIT },
  { "大类", LINLI_CLAUSE_CLASS },      { "class", LINLI_CLAUSE_CLASS },
  { "社区", LINLI_CLAUSE_COMMUNITY },  { "community", LINLI_CLAUSE_COMMUNITY },
  { "分流", LINLI_CLAUSE_LANE },       { "lane", LINLI_CLAUSE_LANE },
  { "满意度", LINLI_CLAUSE_GRADE },    { "grade", LINLI_CLAUSE_GRADE },
  { "统计", LINLI_CLAUSE_FIGURE },     { "figure", LINLI_CLAUSE_FIGURE },
};

typedef struct
{
  LinliQueryText *query;
  const GDate    *today;
  const char     *text;   /* query->source */
  guint           length;
  guint           at;
} Parser;

/* A value in the line, before anybody asks what it means. */
typedef struct
{
  guint    start; /* with quotes */
  guint    end;
  guint    inner; /* without */
  guint    inner_end;
  gboolean quoted;
} Piece;

static gunichar
peek (const Parser *self,
      guint         at)
{
  return at < self->length ? g_utf8_get_char (self->text + at) : 0;
}

static guint
after (const Parser *self,
       guint         at)
{
  return at + (guint) g_utf8_skip[(guchar) self->text[at]];
}

static void
report (Parser             *self,
        LinliQueryIssueKind kind,
        guint               start,
        guint               end)
{
  LinliQueryIssue issue = { kind, { start, end } };

  g_array_append_val (self->query->issues, issue);
}

static guint
skip_space (const Parser *self,
            guint         at)
{
  while (at < self->length && linli_char_class (peek (self, at)) == LINLI_CHAR_SPACE)
    at = after (self, at);

  return at;
}

static gboolean
is_round_quote (gunichar c)
{
  return c == '"' || c == 0x201c || c == 0x201d || c == 0xff02;
}

static gboolean
is_quote (gunichar c)
{
  return is_round_quote (c) || c == 0x300c || c == 0x300e;
}

/* An input method may give ” on both sides, so those close each other. */
static gboolean
closes (gunichar open,
        gunichar c)
{
  return is_round_quote (open) ? is_round_quote (c) : c == open + 1;
}

static gboolean
is_colon (gunichar c)
{
  return c == ':' || c == 0xff1a;
}

static gboolean
is_minus (gunichar c)
{
  return c == '-' || c == 0xff0d || c == 0x2212;
}

/* Reads a quoted phrase, or a word up to white space or a quote. */
static Piece
read_piece (Parser *self,
            guint   at)
{
  Piece piece = { at, at, at, at, is_quote (peek (self, at)) };
  gunichar open = peek (self, at);

  if (piece.quoted)
    {
      at = piece.inner = after (self, at);
      while (at < self->length && !closes (open, peek (self, at)))
        at = after (self, at);
      piece.inner_end = at;
      if (at == self->length)
        report (self, LINLI_QUERY_OPEN_QUOTE, piece.start, at);
      piece.end = at < self->length ? after (self, at) : at;
      return piece;
    }

  while (at < self->length && linli_char_class (peek (self, at)) != LINLI_CHAR_SPACE &&
         !is_quote (peek (self, at)))
    at = after (self, at);
  piece.end = piece.inner_end = at;
  return piece;
}

/* The operator at @at, and where its value begins. An unknown one looks like
 * a known one: letters, a colon, and neither a time nor an address behind. */
static const Operator *
read_operator (Parser *self,
               guint   at,
               guint  *value)
{
  guint end = at;
  gboolean letters = TRUE;
  g_autofree char *name = NULL;

  while (end < self->length && linli_char_class (peek (self, end)) >= LINLI_CHAR_WORD &&
         !is_colon (peek (self, end)))
    {
      letters = letters && !g_unichar_isdigit (peek (self, end));
      end = after (self, end);
    }
  if (end == at || !is_colon (peek (self, end)))
    return NULL;

  *value = after (self, end);
  name = linli_text_fold (self->text + at, end - at);
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (strcmp (operators[i].name, name) == 0)
      return &operators[i];

  if (letters && g_utf8_strlen (name, -1) <= 12 && !g_str_has_prefix (self->text + *value, "//"))
    report (self, LINLI_QUERY_UNKNOWN_OPERATOR, at, *value);
  return NULL;
}

static char **
one_value (const char *value)
{
  const char *values[] = { value, NULL };

  return g_strdupv ((char **) values);
}

static char *
piece_text (const Parser *self,
            const Piece  *piece)
{
  return g_strndup (self->text + piece->inner, piece->inner_end - piece->inner);
}

/* Takes @values; reports instead when the line has too many clauses. */
static void
add_clause (Parser      *self,
            LinliClause  clause,
            guint        start,
            const Piece *piece,
            char       **values)
{
  clause.span = (LinliTextSpan) { start, piece->end };
  clause.value = (LinliTextSpan) { piece->inner, piece->inner_end };
  clause.quoted = piece->quoted;
  clause.values = values;

  if (self->query->clauses->len == MAX_CLAUSES)
    {
      report (self, LINLI_QUERY_TOO_MANY, start, self->length);
      g_strfreev (values);
      self->at = self->length;
      return;
    }
  g_array_append_val (self->query->clauses, clause);
}

static void
add_term (Parser      *self,
          gboolean     excluded,
          guint        start,
          const Piece *piece)
{
  LinliClause clause = { .kind = LINLI_CLAUSE_TERM, .excluded = excluded };
  g_autofree char *term = piece_text (self, piece);
  LinliTextReason reason;
  g_autofree char *fts = linli_text_to_fts (term, &reason);

  if (fts == NULL)
    {
      report (self, reason == LINLI_TEXT_TOO_LONG ? LINLI_QUERY_TOO_LONG : LINLI_QUERY_NO_WORDS,
              start, piece->end);
      return;
    }
  add_clause (self, clause, start, piece, one_value (term));
}

static char **
split_names (const Parser *self,
             const Piece  *piece)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *text = piece_text (self, piece);
  g_autofree char *folded = linli_text_fold (text, -1);
  g_auto(GStrv) parts = NULL;
  gboolean any = FALSE;

  if (!piece->quoted)
    {
      /* 、 is the comma between names; "," is what ， folds to. */
      g_autofree char *commas = NULL;
      g_auto(GStrv) marks = g_strsplit (folded, "、", -1);

      commas = g_strjoinv (",", marks);
      parts = g_strsplit_set (commas, ",|", -1);
    }
  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      {
        g_strv_builder_add (builder, parts[i]);
        any = TRUE;
      }
  if (piece->quoted && *folded != '\0')
    {
      g_strv_builder_add (builder, folded);
      any = TRUE;
    }

  return any ? g_strv_builder_end (builder) : NULL;
}

static gboolean
read_overdue (const char   *text,
              LinliOverdue *overdue)
{
  static const struct { const char *word; LinliOverdue overdue; } words[] = {
    { "是", LINLI_OVERDUE_YES },  { "已", LINLI_OVERDUE_YES },    { "已超期", LINLI_OVERDUE_YES },
    { "yes", LINLI_OVERDUE_YES }, { "true", LINLI_OVERDUE_YES },  { "1", LINLI_OVERDUE_YES },
    { "y", LINLI_OVERDUE_YES },   { "否", LINLI_OVERDUE_NO },     { "未", LINLI_OVERDUE_NO },
    { "未超期", LINLI_OVERDUE_NO }, { "no", LINLI_OVERDUE_NO },   { "false", LINLI_OVERDUE_NO },
    { "0", LINLI_OVERDUE_NO },    { "n", LINLI_OVERDUE_NO },      { "临期", LINLI_OVERDUE_SOON },
    { "将", LINLI_OVERDUE_SOON }, { "即将", LINLI_OVERDUE_SOON }, { "快", LINLI_OVERDUE_SOON },
    { "soon", LINLI_OVERDUE_SOON },
  };
  g_autofree char *folded = linli_text_fold (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (folded, words[i].word) == 0)
      {
        *overdue = words[i].overdue;
        return TRUE;
      }

  return FALSE;
}

/* What the value of a date, flag or telephone means; FALSE when nothing. */
static gboolean
read_value (Parser      *self,
            LinliClause *clause,
            guint        start,
            const Piece *piece)
{
  g_autofree char *text = piece_text (self, piece);
  gboolean reversed = FALSE;

  switch (clause->kind)
    {
    case LINLI_CLAUSE_OVERDUE:
      return read_overdue (text, &clause->overdue);
    case LINLI_CLAUSE_RECEIVED:
    case LINLI_CLAUSE_DUE:
    case LINLI_CLAUSE_DISPATCHED:
    case LINLI_CLAUSE_FINISHED:
    case LINLI_CLAUSE_LIMIT:
      if (!linli_query_date_parse (text, self->today, &clause->days, &reversed))
        return FALSE;
      if (reversed)
        report (self, LINLI_QUERY_REVERSED_RANGE, start, piece->end);
      return TRUE;
    default:
      return TRUE;
    }
}

static char **
read_values (Parser          *self,
             LinliClauseKind  kind,
             const Piece     *piece)
{
  g_autofree char *text = NULL;
  g_autofree char *digits = NULL;

  if (kind != LINLI_CLAUSE_PHONE)
    return split_names (self, piece);

  text = piece_text (self, piece);
  digits = linli_text_phone_digits (text);
  return digits != NULL ? one_value (digits) : NULL;
}

/* 电话:138 0013 8000 goes on as long as it becomes one number. */
static void
extend_phone (Parser *self,
              Piece  *piece)
{
  guint at = piece->end;

  for (guint n = 1; n < LINLI_PHONE_WORDS; n++)
    {
      g_autofree char *text = NULL;
      g_autofree char *number = NULL;

      at = skip_space (self, at);
      if (at == self->length || is_quote (peek (self, at)))
        return;
      at = read_piece (self, at).end;
      text = g_strndup (self->text + piece->inner, at - piece->inner);
      number = linli_text_phone_number (text);
      if (number != NULL)
        piece->end = piece->inner_end = at;
    }
}

/* Where the value begins that stands behind @value, maybe after white space;
 * what excludes or is an operator of its own is none. */
static guint
find_value (Parser *self,
            guint   value)
{
  guint at = skip_space (self, value);
  guint n_issues = self->query->issues->len;
  guint beyond;

  if (at > value && at < self->length &&
      (is_minus (peek (self, at)) || read_operator (self, at, &beyond) != NULL))
    at = self->length;
  g_array_set_size (self->query->issues, n_issues);

  return at;
}

static void
add_bad_value (Parser      *self,
               gboolean     excluded,
               guint        start,
               const Piece *piece)
{
  guint from = excluded ? after (self, start) : start;
  Piece whole = { from, piece->end, from, piece->end, FALSE };

  report (self, LINLI_QUERY_BAD_VALUE, start, piece->end);
  add_term (self, excluded, start, &whole);
}

static void
add_operator (Parser         *self,
              const Operator *operator,
              gboolean        excluded,
              guint           start,
              guint           value)
{
  LinliClause clause = { .kind = operator->kind, .excluded = excluded };
  Piece nothing = { value, value, value, value, FALSE };
  guint at = find_value (self, value);
  Piece piece = at < self->length ? read_piece (self, at) : nothing;
  gboolean understood;
  char **values;

  if (operator->kind == LINLI_CLAUSE_PHONE && !piece.quoted)
    extend_phone (self, &piece);
  understood = read_value (self, &clause, start, &piece);

  /* 超期: alone asks for what is overdue, and the word behind is its own. */
  if (operator->kind == LINLI_CLAUSE_OVERDUE && !understood &&
      (piece.end == value || piece.start > value))
    {
      self->at = value;
      clause.overdue = LINLI_OVERDUE_YES;
      add_clause (self, clause, start, &nothing, one_value ("是"));
      return;
    }

  self->at = piece.end;
  if (piece.inner == piece.inner_end)
    {
      report (self, LINLI_QUERY_NO_VALUE, start, piece.end);
      return;
    }
  values = understood ? read_values (self, operator->kind, &piece) : NULL;
  if (values != NULL)
    add_clause (self, clause, start, &piece, values);
  else
    add_bad_value (self, excluded, start, &piece);
}

static void
parse_clause (Parser *self)
{
  guint start = self->at;
  guint at = start;
  guint value;
  gboolean excluded;
  const Operator *operator;
  Piece piece;

  excluded = is_minus (peek (self, at)) && after (self, at) < self->length &&
             linli_char_class (peek (self, after (self, at))) != LINLI_CHAR_SPACE;
  if (excluded)
    at = after (self, at);

  operator = is_quote (peek (self, at)) ? NULL : read_operator (self, at, &value);
  if (operator != NULL)
    {
      add_operator (self, operator, excluded, start, value);
      return;
    }

  piece = read_piece (self, at);
  self->at = piece.end;
  add_term (self, excluded, start, &piece);
}

/**
 * linli_query_text_parse:
 * @line: what was typed, any bytes
 * @today: what 今天 and 上周 count from
 *
 * Never fails: what cannot be understood is searched as words, and an issue
 * says so.
 *
 * Returns: (transfer full): the clauses, all of which must hold
 */
LinliQueryText *
linli_query_text_parse (const char  *line,
                        const GDate *today)
{
  LinliQueryText *query;
  Parser self = { 0 };

  g_return_val_if_fail (line != NULL, NULL);
  g_return_val_if_fail (today != NULL && g_date_valid (today), NULL);

  query = linli_query_text_new (line);

  self.query = query;
  self.today = today;
  self.text = query->source;
  self.length = (guint) strlen (query->source);
  while ((self.at = skip_space (&self, self.at)) < self.length)
    parse_clause (&self);
  linli_query_text_join_phones (query);

  return query;
}
