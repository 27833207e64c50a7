/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-notices.h"

#include <glib/gi18n-lib.h>

#include "linli-policy.h"

#define PAUSE_MS 700 /* after a change, so that an import does not read all day */
#define TICK_S   60  /* time alone makes things late */
#define AT_ONCE  3   /* more than that on the desktop would be noise */

struct _LinliNotice
{
  GObject          parent_instance;

  LinliDeskNotice *notice; /* (unowned): of the array below */
  GPtrArray       *all;    /* (owned) */
};

G_DEFINE_FINAL_TYPE (LinliNotice, linli_notice, G_TYPE_OBJECT)

static void
linli_notice_finalize (GObject *object)
{
  g_clear_pointer (&LINLI_NOTICE (object)->all, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_notice_parent_class)->finalize (object);
}

static void
linli_notice_class_init (LinliNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_notice_finalize;
}

static void
linli_notice_init (LinliNotice *self)
{
}

static LinliNotice *
notice_new (GPtrArray *all,
            guint      n)
{
  LinliNotice *self = g_object_new (LINLI_TYPE_NOTICE, NULL);

  self->all = g_ptr_array_ref (all);
  self->notice = all->pdata[n];
  return self;
}

const LinliDeskNotice *
linli_notice_get (LinliNotice *self)
{
  g_return_val_if_fail (LINLI_IS_NOTICE (self), NULL);

  return self->notice;
}

struct _LinliNotices
{
  GObject         parent_instance;

  /* Owned */
  LinliUiContext *context;
  GListStore     *list;
  GHashTable     *known;   /* ids read before: what is not in it is news */
  GHashTable     *shown;   /* ids told to the desktop */
  GCancellable   *cancellable;

  /* State */
  guint           n_unread;
  guint           read_id;
  guint           tick_id;
  gboolean        reading;
  gboolean        again;
  gboolean        begun;   /* the first reading is no news */
  gboolean        watched; /* somebody looks at the window */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LinliNotices, linli_notices, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* --- Reading, in the read lane --- */

typedef struct
{
  char  *actor; /* (nullable) */
  gint64 now;
} Question;

typedef struct
{
  GPtrArray *notices;
  gboolean   quiet;
  gboolean   automatic;
} Answer;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->actor);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->notices, g_ptr_array_unref);
  g_free (answer);
}

static gpointer
read_notices (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  Question *question = data;
  Answer *answer = g_new0 (Answer, 1);

  answer->notices = linli_desk_notices_load (conn, question->actor != NULL ? question->actor : "", question->now, error);
  if (answer->notices == NULL || !linli_desk_notices_quiet (conn, question->now, &answer->quiet, error) ||
      !linli_policy_is (conn, LINLI_POLICY_AUTOMATIC, "yes", &answer->automatic, error))
    g_clear_pointer (&answer, answer_free);

  return answer;
}

/* --- The desktop --- */

static gboolean
is_wanted (LinliNotices          *self,
           const LinliDeskNotice *notice)
{
  static const char *const keys[LINLI_N_NOTICE_KINDS] = {
    [LINLI_NOTICE_LATE] = "notice-deadlines",      [LINLI_NOTICE_SOON] = "notice-deadlines",
    [LINLI_NOTICE_WORK] = "notice-work",           [LINLI_NOTICE_DECISION] = "notice-work",
    [LINLI_NOTICE_PRESSED] = "notice-supervision", [LINLI_NOTICE_LADDER] = "notice-supervision",
    [LINLI_NOTICE_ANSWER] = "notice-answers",      [LINLI_NOTICE_WARNING] = "notice-answers",
  };

  return g_settings_get_boolean (linli_ui_context_get_settings (self->context), keys[notice->kind]);
}

static char *
desktop_id (const char *id)
{
  return g_strconcat ("notice-", id, NULL);
}

static void
send (LinliNotices          *self,
      const LinliDeskNotice *notice)
{
  GApplication *application = g_application_get_default ();
  g_autofree char *title = linli_notice_words (notice);
  g_autofree char *body = g_strdup_printf ("%s %s", notice->case_no, notice->title);
  g_autofree char *id = desktop_id (notice->id);
  g_autoptr(GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-case", "s", notice->case_id);
  if (application != NULL)
    g_application_send_notification (application, id, notification);
  g_hash_table_add (self->shown, g_strdup (notice->id));
}

/* Whatever was handled or read is taken off the desktop again. */
static void
withdraw (LinliNotices *self,
          GHashTable   *open)
{
  GApplication *application = g_application_get_default ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *id = desktop_id (key);

      if (g_hash_table_contains (open, key))
        continue;
      if (application != NULL)
        g_application_withdraw_notification (application, id);
      g_hash_table_iter_remove (&iter);
    }
}

static void
tell_desktop (LinliNotices *self,
              GPtrArray    *notices,
              gboolean      quiet)
{
  g_autoptr(GHashTable) open = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean may = self->begun && !quiet && !self->watched &&
                 g_settings_get_boolean (linli_ui_context_get_settings (self->context), "notice-desktop");
  guint n = 0;

  for (guint i = 0; i < notices->len; i++)
    {
      LinliDeskNotice *notice = notices->pdata[i];

      if (notice->read)
        continue;
      g_hash_table_add (open, notice->id);
      if (may && n < AT_ONCE && !g_hash_table_contains (self->known, notice->id) && is_wanted (self, notice))
        {
          send (self, notice);
          n++;
        }
      /* What came up in the night is told in the morning. */
      if (!quiet)
        g_hash_table_add (self->known, g_strdup (notice->id));
    }
  withdraw (self, open);
  self->begun = TRUE;
}

/* --- The ladder by itself --- */

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (reply == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("A supervision that the ladder calls for was not issued: %s", error->message);
}

static void
issue (LinliNotices *self,
       GPtrArray    *notices)
{
  for (guint i = 0; i < notices->len; i++)
    {
      LinliDeskNotice *notice = notices->pdata[i];
      g_autoptr(LinliRequest) request = NULL;

      if (notice->kind != LINLI_NOTICE_LADDER)
        continue;
      request = linli_request_new ();
      linli_request_set_text (request, "case", notice->case_id);
      linli_request_set_text (request, "rule", notice->rule);
      linli_store_run_async (linli_ui_context_get_store (self->context), "case.supervise", request, self->cancellable,
                             issued_cb, NULL);
    }
}

/* --- The list --- */

static gboolean
is_same (LinliNotices *self,
         guint         position,
         LinliNotice  *fresh)
{
  g_autoptr(LinliNotice) shown = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  const LinliDeskNotice *was = shown->notice, *is = fresh->notice;

  return g_str_equal (was->id, is->id) && was->read == is->read && was->at == is->at &&
         was->level == is->level &&
         g_strcmp0 (was->words, is->words) == 0 && g_strcmp0 (was->title, is->title) == 0;
}

/* Only what differs is replaced, so that the chosen row stays chosen. */
static void
splice (LinliNotices *self,
        GPtrArray    *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint most = MIN (n, items->len);
  guint above = 0, below = 0;

  while (above < most && is_same (self, above, items->pdata[above]))
    above++;
  while (below < most - above && is_same (self, n - 1 - below, items->pdata[items->len - 1 - below]))
    below++;
  if (above + below < MAX (n, items->len))
    g_list_store_splice (self->list, above, n - above - below, items->pdata + above, items->len - above - below);
}

static void
take (LinliNotices *self,
      GPtrArray    *notices)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  self->n_unread = 0;
  for (guint i = 0; i < notices->len; i++)
    {
      LinliDeskNotice *notice = notices->pdata[i];

      if (!is_wanted (self, notice))
        continue;
      g_ptr_array_add (items, notice_new (notices, i));
      self->n_unread += !notice->read;
    }
  splice (self, items);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
refresh (LinliNotices *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliNotices) self = user_data;
  g_autoptr(GError) error = NULL;
  Answer *answer = linli_store_read_finish (LINLI_STORE (source), result, &error);

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&answer, answer_free);
      return;
    }
  if (answer == NULL)
    {
      g_warning ("The notices cannot be read: %s", error->message);
      return;
    }
  take (self, answer->notices);
  tell_desktop (self, answer->notices, answer->quiet);
  if (answer->automatic && !answer->quiet && !linli_store_is_read_only (LINLI_STORE (source)))
    issue (self, answer->notices);
  answer_free (answer);
  if (self->again)
    refresh (self);
}

static gboolean
start_cb (gpointer data)
{
  LinliNotices *self = data;
  LinliStore *store = linli_ui_context_get_store (self->context);
  Question *question = g_new0 (Question, 1);

  self->read_id = 0;
  self->reading = TRUE;
  self->again = FALSE;
  question->actor = linli_store_dup_actor (store);
  question->now = linli_ui_context_now (self->context);
  linli_store_read_async (store, read_notices, question, question_free, answer_free, self->cancellable, read_cb,
                          g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
refresh (LinliNotices *self)
{
  if (self->reading)
    self->again = TRUE;
  else if (self->read_id == 0 && !g_cancellable_is_cancelled (self->cancellable))
    self->read_id = g_timeout_add (PAUSE_MS, start_cb, self);
}

static gboolean
tick_cb (gpointer data)
{
  refresh (data);

  return G_SOURCE_CONTINUE;
}

static GType
get_item_type (GListModel *model)
{
  return LINLI_TYPE_NOTICE;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (LINLI_NOTICES (model)->list));
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (LINLI_NOTICES (model)->list), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
linli_notices_finalize (GObject *object)
{
  LinliNotices *self = LINLI_NOTICES (object);

  linli_notices_stop (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->list);
  g_clear_object (&self->context);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);

  G_OBJECT_CLASS (linli_notices_parent_class)->finalize (object);
}

static void
linli_notices_class_init (LinliNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_notices_finalize;

  /* The list, or how many of it are unread. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_notices_init (LinliNotices *self)
{
  self->list = g_list_store_new (LINLI_TYPE_NOTICE);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  self->watched = TRUE;
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (g_list_model_items_changed), self);
}

LinliNotices *
linli_notices_new (LinliUiContext *context)
{
  LinliNotices *self = g_object_new (LINLI_TYPE_NOTICES, NULL);
  LinliDb *db = linli_store_get_db (linli_ui_context_get_store (context));
  static const char *const follows[] = { "changed::cases", "changed::supervision", "changed::read_mark", "changed::policy",
                                         "changed::supervision_rule" };

  self->context = g_object_ref (context);
  for (guint i = 0; i < G_N_ELEMENTS (follows); i++)
    g_signal_connect_object (db, follows[i], G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (linli_ui_context_get_settings (context), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  self->tick_id = g_timeout_add_seconds (TICK_S, tick_cb, self);
  refresh (self);

  return self;
}

guint
linli_notices_get_n_unread (LinliNotices *self)
{
  g_return_val_if_fail (LINLI_IS_NOTICES (self), 0);

  return self->n_unread;
}

static void
marked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (reply == NULL)
    g_message ("A notice was not marked as read: %s", error->message);
}

/* @id: (nullable): %NULL for all of them */
void
linli_notices_mark_read (LinliNotices *self,
                         const char   *id)
{
  g_autoptr(LinliRequest) request = linli_request_new ();

  g_return_if_fail (LINLI_IS_NOTICES (self));

  linli_request_set_text (request, "notice", id);
  linli_store_run_async (linli_ui_context_get_store (self->context), "notice.read", request, NULL, marked_cb, NULL);
}

/* Whether somebody looks at the window: then the desktop need not say it too. */
void
linli_notices_set_watched (LinliNotices *self,
                           gboolean      watched)
{
  g_return_if_fail (LINLI_IS_NOTICES (self));

  self->watched = watched;
}

/* Before the store is closed. */
void
linli_notices_stop (LinliNotices *self)
{
  g_return_if_fail (LINLI_IS_NOTICES (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->read_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
}
