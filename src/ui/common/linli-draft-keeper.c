/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The delay begins with the first key after a save and is not put off by the
 * next ones: whoever types without a pause is kept too. */

#include "config.h"

#include "linli-draft-keeper.h"

#define DELAY 400  /* ms */
#define RETRY 3000 /* ms: after a save that failed, without waiting for a key */

struct _LinliDraftKeeper
{
  GObject         parent_instance;

  /* Owned */
  LinliStore     *store;
  char           *kind;
  char           *subject; /* (nullable) */
  char           *id;

  /* Borrowed */
  LinliDraftBody  body;
  gpointer        form;    /* (nullable): gone when it left */

  /* State */
  guint           timer;
  gboolean        has_row; /* a save was sent, and no discard after it */
};

enum { SAVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliDraftKeeper, linli_draft_keeper, G_TYPE_OBJECT)

static gboolean timer_cb (gpointer data);

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(LinliDraftKeeper) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (reply == NULL)
    g_warning ("A draft was not stored: %s", error->message);
  /* A form that has gone cannot be asked again. */
  linli_store_set_unkept (self->store, self, self->form != NULL ? error : NULL);
  if (error != NULL && self->form != NULL && self->has_row && self->timer == 0)
    self->timer = g_timeout_add (RETRY, timer_cb, self);
  g_signal_emit (self, signals[SAVED], 0, error);
}

static void
save (LinliDraftKeeper *self)
{
  g_autoptr(LinliRequest) body = self->form != NULL ? self->body (self->form) : NULL;
  g_autoptr(LinliRequest) request = linli_request_new ();

  if (linli_store_is_read_only (self->store))
    return;
  if (body == NULL)
    {
      linli_draft_keeper_discard (self);
      return;
    }
  linli_request_set_text (request, "id", self->id);
  linli_request_set_text (request, "kind", self->kind);
  linli_request_set_text (request, "subject", self->subject);
  linli_request_set_object (request, "body", body);
  self->has_row = TRUE;
  linli_store_run_async (self->store, "draft.save", request, NULL, run_cb, g_object_ref (self));
}

static gboolean
timer_cb (gpointer data)
{
  LinliDraftKeeper *self = data;

  self->timer = 0;
  save (self);

  return G_SOURCE_REMOVE;
}

static void
linli_draft_keeper_finalize (GObject *object)
{
  LinliDraftKeeper *self = LINLI_DRAFT_KEEPER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  linli_store_set_unkept (self->store, self, NULL);
  g_clear_object (&self->store);
  g_free (self->kind);
  g_free (self->subject);
  g_free (self->id);

  G_OBJECT_CLASS (linli_draft_keeper_parent_class)->finalize (object);
}

static void
linli_draft_keeper_class_init (LinliDraftKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_draft_keeper_finalize;

  /**
   * LinliDraftKeeper::saved:
   * @error: (nullable): why it was not
   */
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
linli_draft_keeper_init (LinliDraftKeeper *self)
{
}

/**
 * linli_draft_keeper_new:
 * @kind: what is typed: "intake", "note", or the name of a command
 * @subject: (nullable): the case it is about
 * @id: (nullable): of a draft that is taken up again
 * @body: asked for the fields each time they are stored
 * @form: (transfer none): handed to @body until linli_draft_keeper_leave()
 */
LinliDraftKeeper *
linli_draft_keeper_new (LinliStore     *store,
                        const char     *kind,
                        const char     *subject,
                        const char     *id,
                        LinliDraftBody  body,
                        gpointer        form)
{
  LinliDraftKeeper *self;

  g_return_val_if_fail (LINLI_IS_STORE (store) && kind != NULL && body != NULL, NULL);

  self = g_object_new (LINLI_TYPE_DRAFT_KEEPER, NULL);
  self->store = g_object_ref (store);
  self->kind = g_strdup (kind);
  self->subject = g_strdup (subject);
  self->id = id != NULL ? g_strdup (id) : g_uuid_string_random ();
  self->has_row = id != NULL;
  self->body = body;
  self->form = form;

  return self;
}

/* Returns: (transfer none): what a command names to discard the draft with it */
const char *
linli_draft_keeper_get_id (LinliDraftKeeper *self)
{
  return self->id;
}

/* Whether the store holds something of it, or is about to. */
gboolean
linli_draft_keeper_has_row (LinliDraftKeeper *self)
{
  return self->has_row || self->timer != 0;
}

/* Something was typed. */
void
linli_draft_keeper_touch (LinliDraftKeeper *self)
{
  g_return_if_fail (LINLI_IS_DRAFT_KEEPER (self));

  if (self->timer == 0)
    self->timer = g_timeout_add (DELAY, timer_cb, self);
}

/* Stores now what has not been stored yet. */
void
linli_draft_keeper_flush (LinliDraftKeeper *self)
{
  g_return_if_fail (LINLI_IS_DRAFT_KEEPER (self));

  if (self->timer == 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  save (self);
}

/* The draft was handed in with the command that took its words. */
void
linli_draft_keeper_rest (LinliDraftKeeper *self)
{
  g_return_if_fail (LINLI_IS_DRAFT_KEEPER (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  linli_store_set_unkept (self->store, self, NULL);
  self->has_row = FALSE;
  g_free (self->id);
  self->id = g_uuid_string_random ();
}

/* Lets it go; the next key begins another one. */
void
linli_draft_keeper_discard (LinliDraftKeeper *self)
{
  g_autoptr(LinliRequest) request = linli_request_new ();

  g_return_if_fail (LINLI_IS_DRAFT_KEEPER (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->has_row)
    return;
  linli_request_set_text (request, "id", self->id);
  linli_store_run_async (self->store, "draft.discard", request, NULL, run_cb, g_object_ref (self));
  linli_draft_keeper_rest (self);
}

/* The form goes away: stores its last words and asks it no more. */
void
linli_draft_keeper_leave (LinliDraftKeeper *self)
{
  g_return_if_fail (LINLI_IS_DRAFT_KEEPER (self));

  linli_draft_keeper_flush (self);
  linli_store_set_unkept (self->store, self, NULL);
  self->form = NULL;
}
