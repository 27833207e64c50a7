/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-desk-notices.h"

#include <string.h>

#include "linli-calendar-store.h"
#include "linli-case-tables.h"
#include "linli-closing-tables.h"
#include "linli-core-tables.h"
#include "linli-deadline.h"
#include "linli-json.h"
#include "linli-supervision.h"
#include "linli-tx.h"

#define LOOK_BACK (G_GINT64_CONSTANT (14) * 24 * 3600 * G_USEC_PER_SEC)
#define HOUR      (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define MOST      300 /* of one sort: who has more needs a list, not notices */

static const char *const kind_names[LINLI_N_NOTICE_KINDS] = {
  "late", "soon", "work", "decision", "answer", "pressed", "ladder", "warning",
};

/* Who looks, and what they have seen. */
typedef struct
{
  LinliConn  *conn;
  const char *actor;
  char       *unit;  /* (nullable) */
  LinliRole   roles;
  gint64      now;
  gint64      seen;  /* everything up to this moment was seen */
  GHashTable *marks; /* ids of what was seen by itself */
  GPtrArray  *notices;
} Reader;

static void
reader_clear (Reader *self)
{
  g_free (self->unit);
  g_clear_pointer (&self->marks, g_hash_table_unref);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static void
notice_free (LinliDeskNotice *self)
{
  g_free (self->id);
  g_free (self->what);
  g_free (self->case_id);
  g_free (self->case_no);
  g_free (self->title);
  g_free (self->who);
  g_free (self->words);
  g_free (self->rule);
  g_free (self);
}

const char *
linli_notice_kind_to_text (LinliNoticeKind kind)
{
  g_return_val_if_fail (kind < LINLI_N_NOTICE_KINDS, NULL);

  return kind_names[kind];
}

/* @id is taken. */
static LinliDeskNotice *
add (Reader         *self,
     LinliNoticeKind kind,
     char           *id,
     const char     *what,
     gint64          at)
{
  LinliDeskNotice *notice = g_new0 (LinliDeskNotice, 1);

  notice->id = id;
  notice->kind = kind;
  notice->what = g_strdup (what);
  notice->at = at;
  notice->read = at <= self->seen || g_hash_table_contains (self->marks, id);
  g_ptr_array_add (self->notices, notice);

  return notice;
}

static gboolean
load_reader (Reader  *self,
             GError **error)
{
  g_autoptr(GPtrArray) accounts = NULL;
  g_autoptr(GPtrArray) marks = NULL;
  g_autofree char *all = g_strconcat (self->actor, "/*", NULL);
  gsize skip = strlen (self->actor) + 1;

  accounts = linli_conn_select (self->conn, &linli_table_account, error, "id = ?1 AND active = 1", "s", self->actor);
  marks = linli_conn_select (self->conn, &linli_table_read_mark, error, "actor = ?1", "s", self->actor);
  if (accounts == NULL || marks == NULL)
    return FALSE;
  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->notices = g_ptr_array_new_with_free_func ((GDestroyNotify) notice_free);
  if (accounts->len > 0)
    {
      self->roles = linli_roles_from_text (linli_row_get_text (accounts->pdata[0], LINLI_ACCOUNT_ROLES));
      self->unit = g_strdup (linli_row_get_text (accounts->pdata[0], LINLI_ACCOUNT_UNIT_ID));
    }
  for (guint i = 0; i < marks->len; i++)
    if (g_str_equal (linli_row_get_id (marks->pdata[i]), all))
      self->seen = linli_row_get_int (marks->pdata[i], LINLI_READ_MARK_AT);
    else
      g_hash_table_add (self->marks, g_strdup (linli_row_get_id (marks->pdata[i]) + skip));
  return TRUE;
}

/* --- Clocks --- */

static gboolean
find_horizon (Reader  *self,
              gint64  *horizon,
              GError **error)
{
  LinliDeadlineQuestion question = { .start = self->now, .limit = { 1, LINLI_LIMIT_WORKING_HOUR } };
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(LinliDeadline) deadline = NULL;
  g_autofree char *id = NULL;

  if (!linli_calendar_load_current (self->conn, &calendar, &id, error))
    return FALSE;
  question.calendar = calendar;
  deadline = calendar != NULL ? linli_deadline_compute (&question, NULL) : NULL;
  *horizon = deadline != NULL ? deadline->due : self->now + HOUR;
  return TRUE;
}

/* A clock is mine when I look after the case, when it is my unit's part, or
 * when it waits for somebody of my role. */
#define CLOCK_SQL \
  "SELECT c.id, c.kind, c.due_at, cases.id, case_no, title, coalesce(d.unit_name, lead_unit_name) FROM clock c " \
  "JOIN cases ON cases.id = c.case_id LEFT JOIN dispatch d ON d.id = c.dispatch_id " \
  "WHERE c.state = 'running' AND c.due_at BETWEEN ?1 AND ?2 AND (owner_id = ?3 " \
  "OR coalesce(d.unit_id, CASE WHEN c.kind = 'resolve' THEN lead_unit_id END) = ?4 " \
  "OR (?5 <> 0 AND c.kind = 'dispatch') OR (?6 <> 0 AND c.kind = 'callback')) ORDER BY c.due_at DESC LIMIT ?7"

static gboolean
read_clocks (Reader  *self,
             GError **error)
{
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;
  gint64 horizon = 0;

  if (!find_horizon (self, &horizon, error))
    return FALSE;
  stmt = linli_conn_query (self->conn, error, CLOCK_SQL, "iissiii", self->now - LOOK_BACK, horizon, self->actor,
                           self->unit, (gint64) (self->roles & LINLI_ROLE_DISPATCHER),
                           (gint64) (self->roles & LINLI_ROLE_CALLBACK), (gint64) MOST);
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      gint64 due = linli_stmt_get_int (stmt, 2);
      gboolean late = linli_deadline_is_overdue (self->now, due);
      char *id = g_strconcat (late ? "late:" : "soon:", linli_stmt_get_text (stmt, 0), NULL);
      LinliDeskNotice *notice = add (self, late ? LINLI_NOTICE_LATE : LINLI_NOTICE_SOON, id, linli_stmt_get_text (stmt, 1),
                                     late ? due : MIN (due - HOUR, self->now));

      notice->case_id = linli_stmt_dup_text (stmt, 3);
      notice->case_no = linli_stmt_dup_text (stmt, 4);
      notice->title = linli_stmt_dup_text (stmt, 5);
      notice->who = linli_stmt_dup_text (stmt, 6);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Timelines --- */

/* What one line of a timeline means to whoever looks. */
typedef struct
{
  const char *kind;
  const char *state;   /* of the case now */
  const char *unit;    /* (nullable): of the part it speaks of, else the lead's */
  gboolean    mine;    /* the reader looks after the case */
  gboolean    own;     /* it is the reader's unit's */
  gboolean    content; /* of a call-back: nobody complained */
  gboolean    open;    /* of a supervision: it stands, unanswered */
  gboolean    issued;  /* of an answer: the reader had asked */
} Line;

static gboolean
judge_line (const Reader    *self,
            const Line      *line,
            LinliNoticeKind *kind)
{
#define IS(name)      g_str_equal (line->kind, name)
#define STATE(name)   g_str_equal (line->state, name)
#define ROLE(role)    ((self->roles & LINLI_ROLE_##role) != 0)
  const struct { gboolean holds; LinliNoticeKind kind; } table[] = {
    { IS ("done") && STATE ("pending_review") && ROLE (REVIEWER), LINLI_NOTICE_DECISION },
    { IS ("extend") && STATE ("in_progress") && ROLE (REVIEWER), LINLI_NOTICE_DECISION },
    { IS ("extend") && (line->own || line->mine), LINLI_NOTICE_ANSWER },
    { IS ("return") && STATE ("registered") && ROLE (DISPATCHER), LINLI_NOTICE_WORK },
    { IS ("reject") && STATE ("in_progress") && (line->own || line->mine), LINLI_NOTICE_WORK },
    { IS ("redo") && STATE ("dispatched") && (line->own || line->mine), LINLI_NOTICE_WORK },
    { IS ("redo") && STATE ("received") && (line->mine || ROLE (CLERK)), LINLI_NOTICE_WORK },
    { IS ("assign") && line->mine, LINLI_NOTICE_WORK },
    { IS ("ruling") && (line->own || line->mine), LINLI_NOTICE_ANSWER },
    { IS ("supervise") && line->open && (line->own || line->mine), LINLI_NOTICE_PRESSED },
    { IS ("explain") && (line->issued || line->mine), LINLI_NOTICE_ANSWER },
    { IS ("reply") && line->mine, LINLI_NOTICE_ANSWER },
    { IS ("callback") && !line->content && (line->mine || ROLE (SUPERVISOR) || ROLE (REVIEWER)), LINLI_NOTICE_WARNING },
  };
#undef IS
#undef STATE
#undef ROLE

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].holds)
      {
        *kind = table[i].kind;
        return TRUE;
      }
  return FALSE;
}

#define ENTRY_SQL \
  "SELECT e.id, e.kind, e.at, e.body, e.actor_name, e.payload, cases.id, case_no, title, cases.state, " \
  "owner_id = ?2, coalesce(d.unit_id, lead_unit_id) = ?3, coalesce(d.unit_name, lead_unit_name), " \
  "EXISTS (SELECT 1 FROM supervision s WHERE s.case_id = e.case_id AND s.issued_at = e.at " \
  "AND lifted_at IS NULL AND replied_at IS NULL), " \
  "EXISTS (SELECT 1 FROM supervision s WHERE s.case_id = e.case_id AND s.replied_at = e.at AND s.issued_by = ?2) " \
  "FROM entry e JOIN cases ON cases.id = e.case_id LEFT JOIN dispatch d ON d.id = e.dispatch_id " \
  "WHERE " LINLI_ENTRY_IS_NEWS ("e.") " AND e.at > ?1 AND e.at <= ?4 AND e.actor_id <> ?2 ORDER BY e.at DESC, e.pk DESC LIMIT ?5"

static void
take_line (Reader    *self,
           LinliStmt *stmt)
{
  const char *payload_text = linli_stmt_get_text (stmt, 5);
  g_autoptr(JsonObject) payload = payload_text != NULL ? linli_json_parse_object (payload_text, -1, NULL) : NULL;
  const char *satisfaction = payload != NULL ? linli_json_get_text (payload, "satisfaction") : NULL;
  const char *solved = payload != NULL ? linli_json_get_text (payload, "solved") : NULL;
  const Line line = { .kind = linli_stmt_get_text (stmt, 1), .state = linli_stmt_get_text (stmt, 9),
                      .mine = linli_stmt_get_int (stmt, 10) != 0, .own = linli_stmt_get_int (stmt, 11) != 0,
                      .content = linli_satisfaction_rank (satisfaction) < 3 && g_strcmp0 (solved, "no") != 0,
                      .open = linli_stmt_get_int (stmt, 13) != 0, .issued = linli_stmt_get_int (stmt, 14) != 0 };
  LinliNoticeKind kind = LINLI_NOTICE_WORK;
  LinliDeskNotice *notice;
  gint64 level = 0;

  if (!judge_line (self, &line, &kind))
    return;
  notice = add (self, kind, linli_stmt_dup_text (stmt, 0), line.kind, linli_stmt_get_int (stmt, 2));
  notice->words = linli_stmt_dup_text (stmt, 3);
  notice->who = linli_stmt_dup_text (stmt, kind == LINLI_NOTICE_PRESSED ? 12 : 4);
  notice->case_id = linli_stmt_dup_text (stmt, 6);
  notice->case_no = linli_stmt_dup_text (stmt, 7);
  notice->title = linli_stmt_dup_text (stmt, 8);
  if (payload != NULL && linli_json_get_int (payload, "level", &level))
    notice->level = (int) level;
}

static gboolean
read_entries (Reader  *self,
              GError **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (self->conn, error, ENTRY_SQL, "issii", self->now - LOOK_BACK, self->actor,
                                                self->unit, self->now, (gint64) MOST);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      take_line (self, stmt);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/* --- The ladder --- */

static gboolean
read_ladder (Reader  *self,
             GError **error)
{
  g_autoptr(GPtrArray) proposals = NULL;

  if (!(self->roles & (LINLI_ROLE_SUPERVISOR | LINLI_ROLE_REVIEWER)))
    return TRUE;
  proposals = linli_ladder_proposals_load (self->conn, self->now, error);
  for (guint i = 0; proposals != NULL && i < MIN (proposals->len, MOST); i++)
    {
      LinliLadderProposal *proposal = proposals->pdata[i];
      char *id = g_strdup_printf ("ladder:%s:%d", proposal->case_id, proposal->level);
      LinliDeskNotice *notice = add (self, LINLI_NOTICE_LADDER, id, proposal->kind != NULL ? proposal->kind : "silent",
                                     proposal->at);

      notice->case_id = g_strdup (proposal->case_id);
      notice->case_no = g_strdup (proposal->case_no);
      notice->title = g_strdup (proposal->title);
      notice->who = g_strdup (proposal->unit);
      notice->words = g_strdup (proposal->words);
      notice->rule = g_strdup (proposal->rule);
      notice->level = proposal->level;
    }
  return proposals != NULL;
}

static int
compare_notices (gconstpointer a,
                 gconstpointer b)
{
  const LinliDeskNotice *left = *(LinliDeskNotice *const *) a;
  const LinliDeskNotice *right = *(LinliDeskNotice *const *) b;

  if (left->at != right->at)
    return left->at > right->at ? -1 : 1;
  return g_strcmp0 (left->id, right->id);
}

/**
 * linli_desk_notices_load:
 * @actor: account id of the person who looks
 * @now: microseconds UTC
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliDeskNotice): what concerns that
 *   person and is not handled yet, newest first
 */
GPtrArray *
linli_desk_notices_load (LinliConn  *conn,
                         const char *actor,
                         gint64      now,
                         GError    **error)
{
  g_auto(Reader) reader = { .conn = conn, .actor = actor, .now = now };

  g_return_val_if_fail (conn != NULL && actor != NULL, NULL);

  if (!load_reader (&reader, error) || !read_clocks (&reader, error) || !read_entries (&reader, error) ||
      !read_ladder (&reader, error))
    return NULL;
  g_ptr_array_sort (reader.notices, compare_notices);

  return g_steal_pointer (&reader.notices);
}

/**
 * linli_desk_notices_quiet:
 * @quiet: (out): whether nobody should be called to the screen now, because
 *   nobody works
 */
gboolean
linli_desk_notices_quiet (LinliConn *conn,
                          gint64     now,
                          gboolean  *quiet,
                          GError   **error)
{
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autofree char *id = NULL;

  if (!linli_calendar_load_current (conn, &calendar, &id, error))
    return FALSE;
  *quiet = calendar != NULL && !linli_ladder_is_working_time (calendar, now);
  return TRUE;
}

/* --- The doors --- */

const LinliArgSpec linli_notice_read_args[] = {
  { "notice", LINLI_ARG_TEXT, FALSE, 80, .doc = "its id; every notice up to now when absent" },
  { NULL }
};

static gboolean
put_mark (LinliCommandContext *context,
          const char          *notice,
          GError             **error)
{
  g_autofree char *id = g_strconcat (context->operation->actor, "/", notice, NULL);
  g_autoptr(LinliRow) known = NULL;
  g_autoptr(LinliRow) row = NULL;

  if (!linli_tx_find (context->tx, &linli_table_read_mark, id, &known, error))
    return FALSE;
  row = known != NULL ? linli_row_copy (known) : linli_row_new (&linli_table_read_mark);
  linli_row_set_text (row, LINLI_READ_MARK_ID, id);
  linli_row_set_text (row, LINLI_READ_MARK_ACTOR, context->operation->actor);
  linli_row_set_int (row, LINLI_READ_MARK_AT, linli_command_now (context));
  return known != NULL ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

/* Single marks that the mark over all makes idle need not be kept. */
static gboolean
drop_marks (LinliCommandContext *context,
            GError             **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (context->tx, &linli_table_read_mark, error, "actor = ?1 AND at < ?2", "si",
                                               context->operation->actor, linli_command_now (context) - LOOK_BACK);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!linli_tx_delete (context->tx, &linli_table_read_mark, linli_row_get_id (rows->pdata[i]), error))
      return FALSE;
  return rows != NULL;
}

/* The command notice.read. */
gboolean
linli_notice_read_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  const char *notice = linli_json_get_text (args, "notice");

  return drop_marks (context, error) && put_mark (context, notice != NULL ? notice : "*", error);
}

const LinliArgSpec linli_notice_list_args[] = {
  { "unread", LINLI_ARG_BOOL, .doc = "leave out what was read" },
  { NULL }
};

/* The query notice.list. */
JsonNode *
linli_notice_list (LinliConn               *conn,
                   const LinliQueryContext *context,
                   JsonObject              *args,
                   GError                 **error)
{
  gboolean unread = linli_json_get_bool (args, "unread");
  g_autoptr(GPtrArray) notices = NULL;
  JsonArray *array;
  JsonNode *node;

  notices = linli_desk_notices_load (conn, context->actor != NULL ? context->actor : "", context->now, error);
  if (notices == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < notices->len; i++)
    {
      LinliDeskNotice *notice = notices->pdata[i];
      g_autofree char *at = linli_time_to_text (notice->at);
      JsonObject *object;

      if (unread && notice->read)
        continue;
      object = json_object_new ();
      json_object_set_string_member (object, "id", notice->id);
      json_object_set_string_member (object, "kind", kind_names[notice->kind]);
      json_object_set_string_member (object, "what", notice->what);
      json_object_set_string_member (object, "at", at);
      json_object_set_string_member (object, "case", notice->case_id);
      json_object_set_string_member (object, "case_no", notice->case_no);
      json_object_set_string_member (object, "title", notice->title);
      if (notice->who != NULL)
        json_object_set_string_member (object, "who", notice->who);
      if (notice->words != NULL)
        json_object_set_string_member (object, "words", notice->words);
      if (notice->level > 0)
        json_object_set_int_member (object, "level", notice->level);
      json_object_set_boolean_member (object, "read", notice->read);
      json_array_add_object_element (array, object);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  return node;
}
