/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The hub from a terminal: join one, and bring the store in step with it. */

#include "config.h"

#include "linli-args.h"
#include "linli-case-blobs.h"
#include "linli-case-tables.h"
#include "linli-ctl.h"
#include "linli-devices.h"
#include "linli-sync-agent.h"
#include "linli-wire-link.h"

#define PATIENCE_SECONDS 60 /* without anything new; for sync as a whole, unless it is told otherwise */

typedef struct
{
  LinliSyncAgent *agent;
  GMainLoop      *loop;
  char           *workspace; /* (nullable) */
  GError         *error;     /* (nullable) */
  guint           timeout_id;
  guint           patience; /* seconds */
  gboolean        renewed;  /* whenever something has moved */
} Run;

static const char *
state_name (LinliSyncState state)
{
  static const char *const names[] = {
    [LINLI_SYNC_NONE] = "none",
    [LINLI_SYNC_ONLINE] = "online",
    [LINLI_SYNC_OFFLINE] = "offline",
    [LINLI_SYNC_FETCHING] = "fetching",
    [LINLI_SYNC_SIGN_IN] = "sign-in",
    [LINLI_SYNC_BLOCKED] = "blocked",
    [LINLI_SYNC_HUB_OLDER] = "hub-older",
  };

  return names[state];
}

/* Nothing is to be hoped for: in step, or stuck. */
static gboolean
is_over (LinliSyncAgent *agent)
{
  switch (linli_sync_agent_get_state (agent))
    {
    case LINLI_SYNC_NONE:
    case LINLI_SYNC_SIGN_IN:
    case LINLI_SYNC_BLOCKED:
      return linli_sync_agent_has_looked (agent);
    case LINLI_SYNC_OFFLINE:
      return TRUE;
    case LINLI_SYNC_FETCHING:
    case LINLI_SYNC_ONLINE:
    case LINLI_SYNC_HUB_OLDER:
      return linli_sync_agent_is_idle (agent) && linli_blob_agent_is_idle (linli_sync_agent_get_blobs (agent));
    }
  g_assert_not_reached ();
}

static gboolean
timeout_cb (gpointer user_data)
{
  Run *run = user_data;

  run->timeout_id = 0;
  g_main_loop_quit (run->loop);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (Run *run)
{
  if (is_over (run->agent))
    g_main_loop_quit (run->loop);
  else if (run->renewed)
    {
      g_clear_handle_id (&run->timeout_id, g_source_remove);
      run->timeout_id = g_timeout_add_seconds (run->patience, timeout_cb, run);
    }
}

static void
wait_for_rest (Run     *run,
               guint    seconds,
               gboolean renewed)
{
  LinliBlobAgent *blobs = linli_sync_agent_get_blobs (run->agent);
  gulong id = g_signal_connect_swapped (run->agent, "changed", G_CALLBACK (changed_cb), run);
  gulong blobs_id = g_signal_connect_swapped (blobs, "changed", G_CALLBACK (changed_cb), run);

  run->patience = seconds;
  run->renewed = renewed;
  run->timeout_id = g_timeout_add_seconds (seconds, timeout_cb, run);
  g_main_loop_run (run->loop);
  g_signal_handler_disconnect (run->agent, id);
  g_signal_handler_disconnect (blobs, blobs_id);
  g_clear_handle_id (&run->timeout_id, g_source_remove);
}

static void
tell (LinliCtl *ctl,
      Run      *run,
      int      *exit_code)
{
  const LinliSyncFacts *facts = linli_sync_agent_get_facts (run->agent);
  LinliSyncState state = linli_sync_agent_get_state (run->agent);
  g_autoptr(JsonObject) answer = json_object_new ();
  LinliBlobCount files;

  linli_blob_agent_count (linli_sync_agent_get_blobs (run->agent), &files);
  json_object_set_string_member (answer, "state", state_name (state));
  if (run->workspace != NULL)
    json_object_set_string_member (answer, "workspace", run->workspace);
  json_object_set_int_member (answer, "to_send", facts->outbox.n_queued);
  json_object_set_int_member (answer, "undecided_rows", facts->outbox.n_decided);
  json_object_set_int_member (answer, "needs_attention", facts->outbox.n_parked);
  json_object_set_int_member (answer, "files_to_send", files.n_to_send);
  json_object_set_int_member (answer, "files_to_fetch", files.n_to_fetch);
  json_object_set_int_member (answer, "files_refused", files.n_refused);
  json_object_set_int_member (answer, "files_metered", files.n_waiting_for_line);
  json_object_set_boolean_member (answer, "hub_full", files.hub_full);
  json_object_set_int_member (answer, "revision", facts->complete_rev);
  if (facts->n_unindexed > 0)
    json_object_set_int_member (answer, "cases_to_index", facts->n_unindexed);
  if (facts->blocked != NULL)
    json_object_set_string_member (answer, "blocked", facts->blocked);
  if (g_strcmp0 (facts->blocked, "device-revoked") == 0)
    {
      if (facts->ended_by != NULL)
        json_object_set_string_member (answer, "ended_by", facts->ended_by);
      if (facts->ended_reason != NULL)
        json_object_set_string_member (answer, "ended_reason", facts->ended_reason);
      linli_json_set_time (answer, "ended_at", facts->ended_at);
    }
  if (state == LINLI_SYNC_OFFLINE)
    json_object_set_string_member (answer, "fault", linli_sync_agent_get_fault (run->agent));
  if (facts->waits != NULL)
    json_object_set_string_member (answer, "waits", facts->waits);
  if (facts->trouble != NULL)
    json_object_set_string_member (answer, "trouble", facts->trouble);
  linli_ctl_print_object (ctl, answer);
  *exit_code = state == LINLI_SYNC_ONLINE && is_over (run->agent) && files.n_refused == 0 ? LINLI_EXIT_OK
                                                                                         : LINLI_EXIT_PROBLEMS;
}

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;

  run->workspace = linli_sync_agent_join_finish (LINLI_SYNC_AGENT (source), result, &run->error);
  g_main_loop_quit (run->loop);
}

static gboolean
begin (LinliCtl       *ctl,
       LinliStoreMode  mode,
       Run            *run,
       LinliStore    **store,
       GError        **error)
{
  *store = linli_ctl_open (ctl, mode, error);
  if (*store == NULL)
    return FALSE;
  run->loop = g_main_loop_new (NULL, FALSE);
  run->agent = linli_sync_agent_new (*store);
  return TRUE;
}

static void
end (Run *run)
{
  linli_sync_agent_stop (run->agent);
  g_object_unref (run->agent);
  g_main_loop_unref (run->loop);
  g_free (run->workspace);
}

static gboolean
verb_join (LinliCtl *ctl,
           int       argc,
           char    **argv,
           int      *exit_code,
           GError  **error)
{
  g_autoptr(LinliStore) store = NULL;
  g_autofree char *url = NULL;
  g_autofree char *code = NULL;
  Run run = { 0 };

  if (argc > 0 && linli_wire_link_parse (argv[0], &url, &code))
    argv++, argc--;
  else if (argc >= 2)
    {
      url = g_strdup (argv[0]);
      code = g_strdup (argv[1]);
      argv += 2;
      argc -= 2;
    }
  if (url == NULL || argc > 1)
    return linli_ctl_usage (error, "Say which hub, and its code: join URL CODE [CERTIFICATES], or join LINK [CERTIFICATES]");
  if (!begin (ctl, LINLI_STORE_CREATE, &run, &store, error))
    return FALSE;
  linli_sync_agent_join_async (run.agent, url, code, argc == 1 ? argv[0] : NULL, NULL, joined_cb, &run);
  g_main_loop_run (run.loop);
  if (run.error == NULL)
    {
      wait_for_rest (&run, PATIENCE_SECONDS, TRUE);
      tell (ctl, &run, exit_code);
    }
  else
    g_propagate_error (error, run.error);
  end (&run);

  return run.error == NULL;
}

static gboolean
verb_sync (LinliCtl *ctl,
           int       argc,
           char    **argv,
           int      *exit_code,
           GError  **error)
{
  g_autoptr(LinliStore) store = NULL;
  guint64 seconds = PATIENCE_SECONDS;
  Run run = { 0 };

  if (argc > 2 || (argc >= 1 && !g_ascii_string_to_unsigned (argv[0], 10, 1, 86400, &seconds, NULL)) ||
      (argc == 2 && !g_str_equal (argv[1], "small")))
    return linli_ctl_usage (error, "Say for how long: sync [SECONDS [small]]");
  if (!begin (ctl, LINLI_STORE_EXISTING, &run, &store, error))
    return FALSE;
  linli_blob_agent_set_saving (linli_sync_agent_get_blobs (run.agent), argc == 2);
  wait_for_rest (&run, (guint) seconds, FALSE);
  tell (ctl, &run, exit_code);
  end (&run);

  return TRUE;
}

static gboolean
verb_trust (LinliCtl *ctl,
            int       argc,
            char    **argv,
            int      *exit_code,
            GError  **error)
{
  g_autoptr(LinliStore) store = NULL;
  Run run = { 0 };
  gboolean done;

  if (argc != 1)
    return linli_ctl_usage (error, "Say which file: trust CERTIFICATES");
  if (!begin (ctl, LINLI_STORE_EXISTING, &run, &store, error))
    return FALSE;
  done = linli_sync_agent_set_authority (run.agent, argv[0], error);
  if (done)
    {
      wait_for_rest (&run, PATIENCE_SECONDS, TRUE);
      tell (ctl, &run, exit_code);
    }
  end (&run);

  return done;
}

/* --- Files that wait to be asked for --- */

static gpointer
find_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  return linli_case_blobs_find (conn, data, error);
}

static const char *
file_state_name (LinliBlobState state)
{
  static const char *const names[] = {
    [LINLI_BLOB_HERE] = "here",
    [LINLI_BLOB_WAITING] = "to-send",
    [LINLI_BLOB_SENDING] = "sending",
    [LINLI_BLOB_REFUSED] = "refused",
    [LINLI_BLOB_ABSENT] = "absent",
    [LINLI_BLOB_ASKED] = "asked",
    [LINLI_BLOB_FETCHING] = "fetching",
    [LINLI_BLOB_NOWHERE] = "nowhere",
    [LINLI_BLOB_NO_ROOM] = "no-room",
  };

  return names[state];
}

/* Returns: (nullable): the hash */
static char *
ask_for (LinliStore *store,
         Run        *run,
         const char *id,
         GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, find_job, (gpointer) id, error);
  const char *sha256;

  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    {
      g_set_error (error, LINLI_CTL_ERROR, LINLI_CTL_ERROR_USAGE, "No case has a file %s", id);
      return NULL;
    }
  sha256 = linli_row_get_text (rows->pdata[0], LINLI_ATTACHMENT_SHA256);
  linli_blob_agent_fetch (linli_sync_agent_get_blobs (run->agent), sha256, linli_row_get_id (rows->pdata[0]),
                          linli_row_get_int (rows->pdata[0], LINLI_ATTACHMENT_SIZE));
  return g_strdup (sha256);
}

static gboolean
verb_fetch (LinliCtl *ctl,
            int       argc,
            char    **argv,
            int      *exit_code,
            GError  **error)
{
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(GPtrArray) asked = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(JsonObject) answer = json_object_new ();
  gboolean known = TRUE;
  Run run = { 0 };

  if (argc < 1)
    return linli_ctl_usage (error, "Say which files: fetch FILE-ID…");
  if (!begin (ctl, LINLI_STORE_EXISTING, &run, &store, error))
    return FALSE;
  for (int i = 0; known && i < argc; i++)
    {
      char *sha256 = ask_for (store, &run, argv[i], error);

      known = sha256 != NULL;
      if (known)
        g_ptr_array_add (asked, sha256);
    }
  if (known)
    wait_for_rest (&run, PATIENCE_SECONDS, TRUE);
  for (guint i = 0; known && i < asked->len; i++)
    {
      LinliBlobState state = linli_blob_agent_get_state (linli_sync_agent_get_blobs (run.agent), asked->pdata[i], NULL);

      json_object_set_string_member (answer, argv[i], file_state_name (state));
      if (state > LINLI_BLOB_REFUSED)
        *exit_code = LINLI_EXIT_PROBLEMS;
    }
  if (known)
    linli_ctl_print_object (ctl, answer);
  end (&run);

  return known;
}

/* --- The desks of the centre --- */

typedef struct
{
  GMainLoop       *loop;
  LinliDeviceBook *book;  /* (nullable) */
  GError          *error; /* (nullable) */
} Asked;

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Asked *asked = user_data;

  asked->book = linli_devices_ask_finish (result, &asked->error);
  g_main_loop_quit (asked->loop);
}

static void
set_time (JsonObject *object,
          const char *member,
          gint64      time)
{
  if (time > 0)
    linli_json_set_time (object, member, time);
  else
    json_object_set_null_member (object, member);
}

static void
print_book (LinliCtl        *ctl,
            LinliDeviceBook *book)
{
  g_autoptr(JsonObject) answer = json_object_new ();
  JsonArray *devices = json_array_new ();

  for (guint i = 0; i < book->devices->len; i++)
    {
      LinliDevice *device = book->devices->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", device->id);
      json_object_set_string_member (object, "name", device->name);
      json_object_set_string_member (object, "prefix", device->prefix);
      json_object_set_string_member (object, "version", device->version);
      json_object_set_string_member (object, "enrolled_by", device->enrolled_by);
      if (device->unit != NULL)
        json_object_set_string_member (object, "unit", device->unit);
      set_time (object, "enrolled_at", device->created_at);
      set_time (object, "seen_at", device->seen_at);
      set_time (object, "sent_at", device->sent_at);
      json_object_set_int_member (object, "decided", device->last_seq);
      set_time (object, "revoked_at", device->revoked_at);
      json_object_set_string_member (object, "revoked_by", device->revoked_by);
      json_object_set_string_member (object, "revoked_reason", device->revoked_reason);
      json_object_set_boolean_member (object, "own", device->own);
      json_array_add_object_element (devices, object);
    }
  if (book->code != NULL)
    {
      json_object_set_string_member (answer, "code", book->code);
      json_object_set_string_member (answer, "link", book->link);
      json_object_set_int_member (answer, "hours", book->hours);
    }
  if (book->at > 0)
    {
      linli_json_set_time (answer, "at", book->at);
      json_object_set_array_member (answer, "devices", json_array_ref (devices));
    }
  json_array_unref (devices);
  linli_ctl_print_object (ctl, answer);
}

static gboolean
verb_devices (LinliCtl *ctl,
              int       argc,
              char    **argv,
              int      *exit_code,
              GError  **error)
{
  static const struct { const char *word; const char *wish; int n; } wishes[] = {
    { "list", "devices", 1 }, { "code", "device-code", 1 }, { "code", "device-code", 2 },
    { "rename", "device-name", 3 }, { "revoke", "device-revoke", 3 },
  };
  g_autoptr(LinliStore) store = NULL;
  g_autofree char *actor = NULL;
  const char *wish = argc == 0 ? "devices" : NULL;
  Asked asked = { 0 };
  Run run = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    if (argc == wishes[i].n && g_str_equal (argv[0], wishes[i].word))
      wish = wishes[i].wish;
  if (wish == NULL)
    return linli_ctl_usage (error, "Say what: devices [list|code [UNIT]|rename DEVICE NAME|revoke DEVICE REASON]");
  if (!begin (ctl, LINLI_STORE_EXISTING, &run, &store, error))
    return FALSE;
  actor = linli_store_dup_actor (store);
  if (actor == NULL)
    {
      end (&run);
      return linli_ctl_usage (error, "People sign in to this store: say who asks, --as PERSON --password-file FILE");
    }
  wait_for_rest (&run, PATIENCE_SECONDS, FALSE); /* that the hub knows who asks */
  asked.loop = run.loop;
  linli_devices_ask_async (run.agent, store, wish, argc == 3 ? argv[1] : NULL, argc > 1 ? argv[argc - 1] : NULL, NULL, asked_cb,
                           &asked);
  g_main_loop_run (run.loop);
  if (asked.book != NULL)
    print_book (ctl, asked.book);
  else
    g_propagate_error (error, asked.error);
  end (&run);
  if (asked.book == NULL)
    return FALSE;
  linli_device_book_free (asked.book);

  return TRUE;
}

const LinliVerb linli_verbs_sync[] = {
  { "join", "URL CODE|LINK [CERTIFICATES]", "make this store a desk of a hub", verb_join },
  { "sync", "[SECONDS [small]]", "send and fetch until nothing is left, or no longer than that", verb_sync },
  { "trust", "CERTIFICATES", "trust these certificates when speaking to the hub", verb_trust },
  { "devices", "[list|code [UNIT]|rename DEVICE NAME|revoke DEVICE REASON]",
    "the desks of the centre at the hub, for an administrator", verb_devices },
  { "fetch", "FILE-ID…", "fetch these files of cases from the hub, however large", verb_fetch },
  { NULL }
};
