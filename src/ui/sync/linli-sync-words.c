/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How it stands with the hub, in a clerk's words: one calm line, and the same
 * at length. */

#include "config.h"

#include "linli-sync-words.h"

#include <glib/gi18n-lib.h>

#include "linli-case-steps.h"
#include "linli-case-words.h"
#include "linli-time-words.h"

/* "3 hours": how long it has been. */
static char *
age_words (gint64 since,
           gint64 now)
{
  gint64 minutes = MAX (now - since, 0) / G_TIME_SPAN_MINUTE;

  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) MAX (minutes, 1)), (int) MAX (minutes, 1));
  if (minutes < 48 * 60)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) (minutes / 60)), (int) (minutes / 60));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) (minutes / 1440)), (int) (minutes / 1440));
}

static char *
offline_words (const LinliSyncFacts *facts,
               gint64                now)
{
  g_autofree char *age = facts->last_ok_at != 0 ? age_words (facts->last_ok_at, now) : NULL;

  if (facts->outbox.n_queued == 0)
    /* Translators: for how long */
    return age != NULL ? g_strdup_printf (_("Offline for %s"), age) : g_strdup (_("Offline"));
  if (age == NULL)
    return g_strdup_printf (_("Offline · %d to send"), (int) facts->outbox.n_queued);
  /* Translators: for how long, and how many */
  return g_strdup_printf (_("Offline for %s · %d to send"), age, (int) facts->outbox.n_queued);
}

static char *
online_words (const LinliSyncFacts *facts,
              gint64                now,
              GTimeZone            *zone)
{
  g_autofree char *moment = NULL;

  if (facts->outbox.n_queued > 0)
    return g_strdup_printf (_("Online · sending %d"), (int) facts->outbox.n_queued);
  if (facts->last_ok_at == 0)
    return g_strdup (_("Online"));
  moment = linli_moment_words (facts->last_ok_at, now, zone);
  /* Translators: when */
  return g_strdup_printf (_("Online · in step %s"), moment);
}

/* Returns: whether something waits that only a person can settle */
gboolean
linli_sync_needs_person (LinliSyncAgent *agent)
{
  LinliSyncState state = linli_sync_agent_get_state (agent);

  return state == LINLI_SYNC_SIGN_IN || state == LINLI_SYNC_BLOCKED ||
         linli_sync_agent_get_facts (agent)->outbox.n_parked > 0;
}

static gboolean
is_ended (const LinliSyncFacts *facts)
{
  return g_strcmp0 (facts->blocked, "device-revoked") == 0;
}

/**
 * linli_sync_short_words:
 * @now: microseconds UTC
 *
 * Returns: (transfer full): what the line below the places says
 */
char *
linli_sync_short_words (LinliSyncAgent *agent,
                        gint64          now,
                        GTimeZone      *zone)
{
  const LinliSyncFacts *facts = linli_sync_agent_get_facts (agent);
  LinliSyncState state = linli_sync_agent_get_state (agent);

  if (state == LINLI_SYNC_NONE)
    return g_strdup (_("Everything is saved on this computer"));
  if (state == LINLI_SYNC_SIGN_IN)
    return g_strdup (_("The hub asks for a new code"));
  if (state == LINLI_SYNC_BLOCKED)
    return g_strdup (is_ended (facts) ? _("This desk was ended") : _("Synchronisation stands still"));
  if (facts->outbox.n_parked > 0)
    return g_strdup_printf (ngettext ("%d needs attention", "%d need attention", (gulong) facts->outbox.n_parked),
                            (int) facts->outbox.n_parked);
  if (state == LINLI_SYNC_FETCHING)
    return g_strdup (_("Fetching what the hub has…"));
  if (facts->n_unindexed > 0) /* Translators: search and figures do not know all cases yet */
    return g_strdup_printf (_("Search and figures: %d cases to go"), (int) facts->n_unindexed);
  if (state == LINLI_SYNC_HUB_OLDER) /* Translators: than this program; how many wait until it is renewed */
    return g_strdup_printf (_("The hub is older · %d to send"), (int) facts->outbox.n_queued);
  return state == LINLI_SYNC_OFFLINE ? offline_words (facts, now) : online_words (facts, now, zone);
}

static const struct
{
  const char *name;
  const char *words;
} blocks[] = {
  { "device-unknown", N_("The hub does not know this desk. Everything typed here is kept. "
                         "Whoever runs the hub can give a new code.") },
  { "operation-blocked", N_("The hub does not take one operation, however it is sent. It and all behind it are kept. "
                            "Please show this to whoever runs the hub.") },
  { "operation-forked", N_("The hub has another operation under the same number. Nothing is lost. "
                           "Please show this to whoever runs the hub.") },
  { "hub-behind", N_("The hub was brought back from a backup that is older than what this desk keeps. "
                     "Whoever runs the hub must say how to go on.") },
};

static const char *
block_words (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (g_strcmp0 (blocks[i].name, name) == 0)
      return _(blocks[i].words);
  return _("The hub refuses to go on. Everything typed here is kept. Please show this to whoever runs the hub.");
}

static char *
waiting_words (const LinliSyncFacts *facts,
               gint64                now)
{
  g_autofree char *age = NULL;

  if (facts->outbox.n_queued == 0)
    return g_strdup (_("Everything done here is at the hub."));
  age = age_words (facts->outbox.oldest_at, now);
  /* Translators: how many, and for how long the oldest */
  return g_strdup_printf (_("%d things done here wait to be sent, the oldest for %s. They are safe on this computer."),
                          (int) facts->outbox.n_queued, age);
}

/* Who, when and why; what is still safe; what can be done. */
static char *
ended_words (const LinliSyncFacts *facts,
             GTimeZone            *zone)
{
  GString *words = g_string_new (NULL);
  g_autofree char *moment = facts->ended_at > 0 ? linli_moment_full_words (facts->ended_at, zone) : NULL;

  if (moment != NULL && facts->ended_by != NULL) /* Translators: when, and a person's name */
    g_string_append_printf (words, _("This desk was ended at the hub %s by %s."), moment, facts->ended_by);
  else if (moment != NULL) /* Translators: when */
    g_string_append_printf (words, _("This desk was ended by whoever runs the hub, %s."), moment);
  else
    g_string_append (words, _("The hub lets this desk in no more."));
  if (facts->ended_reason != NULL)
    {
      g_string_append_c (words, '\n'); /* Translators: an administrator's words */
      g_string_append_printf (words, _("Reason: %s"), facts->ended_reason);
    }
  g_string_append_c (words, '\n');
  if (facts->outbox.n_queued > 0)
    g_string_append_printf (words, ngettext ("%d thing done here was not sent yet. It is safe on this computer.",
                                             "%d things done here were not sent yet. They are safe on this computer.",
                                             (gulong) facts->outbox.n_queued), (int) facts->outbox.n_queued);
  else
    g_string_append (words, _("Everything done here had reached the hub."));
  g_string_append_c (words, '\n');
  g_string_append (words, _("You can go on working, export lists and make backups here. With a new code from an "
                            "administrator, “Join a Hub” lets this desk in again; what waits is sent then."));

  return g_string_free (words, FALSE);
}

/* Returns: (transfer full): the same, for the window that explains it */
char *
linli_sync_long_words (LinliSyncAgent *agent,
                       gint64          now,
                       GTimeZone      *zone)
{
  const LinliSyncFacts *facts = linli_sync_agent_get_facts (agent);
  g_autofree char *waiting = NULL;

  switch (linli_sync_agent_get_state (agent))
    {
    case LINLI_SYNC_NONE:
      return g_strdup (_("This desk works alone. Joined to a hub, several desks of a centre, and those of handling "
                         "units, work on the same cases; each goes on alone whenever the network does not."));
    case LINLI_SYNC_SIGN_IN:
      return g_strdup (_("The hub asks this desk to show a new code. Everything typed here is kept."));
    case LINLI_SYNC_BLOCKED:
      return is_ended (facts) ? ended_words (facts, zone) : g_strdup (block_words (facts->blocked));
    case LINLI_SYNC_FETCHING:
      return g_strdup (_("Everything the hub has for this desk is on its way. You can go on working meanwhile."));
    case LINLI_SYNC_OFFLINE:
      waiting = waiting_words (facts, now);
      if (linli_sync_agent_get_fault_words (agent) == NULL)
        return g_strdup_printf (_("The hub does not answer; it is asked again by itself. %s"), waiting);
      return g_strdup_printf ("%s\n%s", g_dgettext (GETTEXT_PACKAGE, linli_sync_agent_get_fault_words (agent)), waiting);
    case LINLI_SYNC_HUB_OLDER:
      waiting = waiting_words (facts, now);
      /* Translators: a sentence on how much waits */
      return g_strdup_printf (_("The hub is older than this program and does not know yet what was done here. %s It is sent by "
                                "itself once the hub is renewed; news of the others come all the same. Please tell whoever "
                                "runs the hub."), waiting);
    case LINLI_SYNC_ONLINE:
      waiting = waiting_words (facts, now);
      if (facts->n_unindexed == 0)
        return g_steal_pointer (&waiting);
      return g_strdup_printf (_("All cases of this desk are here and can be worked on. Search and figures take them in by themselves, "
                                "the newest first: about %d to go.\n%s"), (int) facts->n_unindexed, waiting);
    }
  g_assert_not_reached ();
}

const char *
linli_sync_icon (LinliSyncAgent *agent)
{
  if (linli_sync_needs_person (agent))
    return "dialog-warning-symbolic";
  switch (linli_sync_agent_get_state (agent))
    {
    case LINLI_SYNC_NONE:
      return "drive-harddisk-symbolic";
    case LINLI_SYNC_OFFLINE:
      return "network-offline-symbolic";
    case LINLI_SYNC_FETCHING:
      return "emblem-synchronizing-symbolic";
    case LINLI_SYNC_HUB_OLDER:
      return "software-update-available-symbolic";
    default:
      return "network-transmit-receive-symbolic";
    }
}

/* --- 待处理 --- */

/* "Close… · LN-20261127-0004 · The lamp is dark" */
char *
linli_parked_title (const LinliParked *parked)
{
  const LinliCaseStep *step = linli_case_step_find (parked->kind);
  g_autofree char *what = g_strdup (step != NULL ? linli_case_step_words (step) : parked->kind);

  if (g_str_has_suffix (what, "…"))
    what[strlen (what) - strlen ("…")] = '\0';
  if (parked->case_no == NULL)
    return g_steal_pointer (&what);
  return g_strdup_printf ("%s · %s · %s", what, parked->case_no, parked->title);
}

static const struct
{
  const char *code;
  const char *words;
} reasons[] = {
  { "illegal-transition", N_("Meanwhile the case has gone on: what was done here no longer fits.") },
  { "gone", N_("What this was about is no longer there.") },
  { "not-allowed", N_("The hub says that your role does not allow this.") },
  { "actor-revoked", N_("The account it was done with is no longer active.") },
  { "merged", N_("Somebody else changed the same field. Their value stayed; yours is kept here.") },
  { "clock", N_("The clock of this computer is wrong. What was done here counts; only its times may mislead.") },
};

/* Returns: (transfer full): why it waits here */
char *
linli_parked_reason (const LinliParked *parked)
{
  g_autofree char *state = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i].code, parked->code))
      {
        if (parked->state == NULL || !g_str_equal (parked->code, "illegal-transition"))
          return g_strdup (_(reasons[i].words));
        /* Translators: a sentence, and the state of the case by now */
        return g_strdup_printf (_("%s It is now: %s."), _(reasons[i].words), linli_case_state_words (parked->state));
      }
  return g_strdup (parked->message != NULL ? g_dgettext (GETTEXT_PACKAGE, parked->message)
                                           : _("The hub did not accept this."));
}
