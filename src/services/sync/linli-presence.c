/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-presence.h"

#include <string.h>

#include "linli-hub-client.h"
#include "linli-json.h"

#define SETTLE_MS 400 /* who walks through a list is not everywhere */
#define BEAT_S    10

struct _LinliPresence
{
  GObject             parent_instance;

  /* Owned */
  LinliSyncAgent     *agent;       /* (nullable) */
  GCancellable       *cancellable; /* of the question under way */
  GPtrArray          *others;      /* LinliPresent */
  char               *person;      /* (nullable) */
  char               *case_id;     /* (nullable) */

  /* Borrowed */
  LinliIsWritingFunc  is_writing;
  gpointer            data;

  /* State */
  guint               beat_id;
  gboolean            told;        /* the hub knows of this desk */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliPresence, linli_presence, G_TYPE_OBJECT)

static void
present_free (gpointer data)
{
  LinliPresent *one = data;

  g_free (one->person);
  g_free (one);
}

static gboolean
is_same (GPtrArray *a,
         GPtrArray *b)
{
  gboolean same = a->len == b->len;

  for (guint i = 0; same && i < a->len; i++)
    {
      LinliPresent *x = a->pdata[i], *y = b->pdata[i];

      same = g_str_equal (x->person, y->person) && x->writing == y->writing;
    }
  return same;
}

/* @others: (transfer full) */
static void
set_others (LinliPresence *self,
            GPtrArray     *others)
{
  gboolean same = is_same (self->others, others);

  g_ptr_array_unref (self->others);
  self->others = others;
  if (!same)
    g_signal_emit (self, signals[CHANGED], 0);
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (present_free);
}

/* Anything but a well-formed answer means that nobody is known to be there. */
static GPtrArray *
read_answer (LinliHubAnswer *answer)
{
  GPtrArray *others = new_list ();
  gsize size = 0;
  const char *text = answer != NULL && answer->status == 200 ? g_bytes_get_data (answer->body, &size) : NULL;
  g_autoptr(JsonObject) told = size > 0 ? linli_json_parse_object (text, (gssize) size, NULL) : NULL;
  JsonArray *here = told != NULL ? linli_json_get_array (told, "here") : NULL;

  for (guint i = 0; here != NULL && i < json_array_get_length (here); i++)
    {
      JsonNode *node = json_array_get_element (here, i);
      const char *person = JSON_NODE_HOLDS_OBJECT (node) ? linli_json_get_text (json_node_get_object (node), "person") : NULL;
      LinliPresent *one;

      if (person == NULL)
        continue;
      one = g_new0 (LinliPresent, 1);
      one->person = g_strdup (person);
      one->writing = linli_json_get_bool (json_node_get_object (node), "writing");
      g_ptr_array_add (others, one);
    }

  return others;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LinliPresence) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHubAnswer) answer = linli_hub_client_send_finish (LINLI_HUB_CLIENT (source), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->agent != NULL)
    set_others (self, read_answer (answer));
}

static GBytes *
new_body (LinliPresence *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  char *text;

  if (self->case_id != NULL)
    {
      json_object_set_string_member (object, "case", self->case_id);
      json_object_set_string_member (object, "person", self->person);
      json_object_set_boolean_member (object, "writing", self->is_writing (self->data));
    }
  text = linli_json_object_to_text (object);

  return g_bytes_new_take (text, strlen (text));
}

static void
tell (LinliPresence *self)
{
  g_autoptr(GBytes) body = NULL;

  if (self->agent == NULL || (self->case_id == NULL && !self->told))
    return;
  if (!linli_sync_agent_is_connected (self->agent))
    {
      self->told = FALSE;
      set_others (self, new_list ());
      return;
    }
  body = new_body (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (linli_sync_agent_ask (self->agent, "presence", body, self->cancellable, answered_cb, g_object_ref (self)))
    self->told = self->case_id != NULL;
  else
    g_object_unref (self);
}

static gboolean
beat_cb (gpointer data)
{
  LinliPresence *self = data;

  self->beat_id = self->case_id != NULL ? g_timeout_add_seconds (BEAT_S, beat_cb, self) : 0;
  tell (self);

  return G_SOURCE_REMOVE;
}

static void
linli_presence_finalize (GObject *object)
{
  LinliPresence *self = LINLI_PRESENCE (object);

  linli_presence_stop (self);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->others);
  g_free (self->person);
  g_free (self->case_id);

  G_OBJECT_CLASS (linli_presence_parent_class)->finalize (object);
}

static void
linli_presence_class_init (LinliPresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_presence_finalize;

  /* LinliPresence::changed: others came, left, or began to write */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_presence_init (LinliPresence *self)
{
  self->cancellable = g_cancellable_new ();
  self->others = new_list ();
}

/**
 * linli_presence_new:
 * @agent: (nullable): %NULL for a store without a hub
 * @person: (nullable): who sits here; nobody is told of somebody without a name
 * @is_writing: asked until linli_presence_stop()
 */
LinliPresence *
linli_presence_new (LinliSyncAgent     *agent,
                    const char         *person,
                    LinliIsWritingFunc  is_writing,
                    gpointer            data)
{
  LinliPresence *self = g_object_new (LINLI_TYPE_PRESENCE, NULL);

  if (agent != NULL && person != NULL)
    self->agent = g_object_ref (agent);
  self->person = g_strdup (person);
  self->is_writing = is_writing;
  self->data = data;

  return self;
}

/* @case_id: (nullable): the case shown from now on; %NULL for none */
void
linli_presence_look_at (LinliPresence *self,
                        const char    *case_id)
{
  g_return_if_fail (LINLI_IS_PRESENCE (self));

  if (g_strcmp0 (self->case_id, case_id) == 0 || self->agent == NULL)
    return;
  g_free (self->case_id);
  self->case_id = g_strdup (case_id);
  g_cancellable_cancel (self->cancellable);
  set_others (self, new_list ());
  g_clear_handle_id (&self->beat_id, g_source_remove);
  self->beat_id = g_timeout_add (SETTLE_MS, beat_cb, self);
}

/* Returns: (transfer none) (element-type LinliPresent): who else shows the case */
GPtrArray *
linli_presence_get_others (LinliPresence *self)
{
  g_return_val_if_fail (LINLI_IS_PRESENCE (self), NULL);

  return self->others;
}

/* Nothing is asked or told any more; the hub forgets this desk by itself. */
void
linli_presence_stop (LinliPresence *self)
{
  g_return_if_fail (LINLI_IS_PRESENCE (self));

  g_clear_handle_id (&self->beat_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->agent);
}
