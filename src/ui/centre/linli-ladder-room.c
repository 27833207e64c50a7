/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 督办: the steps of the ladder, each in a sentence, with what it calls for at this moment. */

#include "config.h"

#include "linli-centre-rooms.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-words.h"
#include "linli-clock-checks.h"
#include "linli-closing-words.h"
#include "linli-form-preview.h"
#include "linli-json.h"
#include "linli-ladder.h"
#include "linli-supervision.h"

typedef struct
{
  GPtrArray  *rules;  /* LinliLadderRule */
  GHashTable *counts; /* code -> how many cases it calls for at this moment */
} Ladder;

static void
ladder_free (gpointer data)
{
  Ladder *self = data;

  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_free (self);
}

static int
compare_rules (gconstpointer a,
               gconstpointer b)
{
  const LinliLadderRule *left = *(LinliLadderRule *const *) a;
  const LinliLadderRule *right = *(LinliLadderRule *const *) b;

  if (left->level != right->level)
    return left->level - right->level;
  return left->event != right->event ? (int) left->event - (int) right->event : g_strcmp0 (left->code, right->code);
}

static gpointer
read_ladder (LinliConn *conn,
             gint64     now,
             GError   **error)
{
  g_autoptr(GPtrArray) rules = linli_ladder_rules_load (conn, error);
  g_autoptr(GPtrArray) proposals = rules != NULL ? linli_ladder_proposals_judge (conn, rules, now, error) : NULL;
  Ladder *self;

  if (proposals == NULL)
    return NULL;
  self = g_new0 (Ladder, 1);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < proposals->len; i++)
    {
      const LinliLadderProposal *proposal = proposals->pdata[i];
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, proposal->rule));

      g_hash_table_insert (self->counts, g_strdup (proposal->rule), GUINT_TO_POINTER (n + 1));
    }
  g_ptr_array_sort (rules, compare_rules);
  self->rules = g_steal_pointer (&rules);

  return self;
}

/* Returns: (transfer full): what the rule does */
static char *
rule_words (const LinliLadderRule *rule)
{
  const char *level = linli_level_words (rule->level);
  gboolean at_once = rule->wait.amount == 0;

  switch (rule->event)
    {
    case LINLI_LADDER_BEFORE_DUE:
      /* Translators: how long, what the unit gets: 1工作时, Reminder */
      return g_strdup_printf (_("%s before a limit runs out: %s to the unit"), rule->wait_text, level);
    case LINLI_LADDER_OVERDUE:
      if (at_once)
        return g_strdup_printf (_("As soon as a limit has run out: %s to the unit"), level);
      return g_strdup_printf (_("%s past a limit: %s to the unit"), rule->wait_text, level);
    case LINLI_LADDER_SILENT:
    default:
      if (at_once)
        return g_strdup_printf (_("As soon as the answer to a supervision is overdue: %s to the unit"), level);
      return g_strdup_printf (_("%s after the answer to a supervision was due: %s to the unit"), rule->wait_text, level);
    }
}

static char *
detail_words (const LinliLadderRule *rule)
{
  g_autofree char *clocks = rule->event != LINLI_LADDER_SILENT ? linli_clock_kinds_words (rule->clocks) : NULL;
  g_autofree char *reply = rule->reply != NULL ? g_strdup_printf (_("answer within %s"), rule->reply) : NULL;
  GString *words = g_string_new (clocks);

  if (reply != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", reply);
  if (rule->words != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", rule->words);
  return g_string_free (words, FALSE);
}

static char *
count_words (guint n)
{
  return n > 0 ? g_strdup_printf (ngettext ("calls for %u case now", "calls for %u cases now", n), n) : NULL;
}

static void
show_ladder (LinliCentreRoom *room,
             gpointer         facts)
{
  Ladder *self = facts;

  for (guint i = 0; i < self->rules->len; i++)
    {
      const LinliLadderRule *rule = self->rules->pdata[i];
      g_autofree char *title = rule_words (rule);
      g_autofree char *detail = detail_words (rule);
      g_autofree char *count = count_words (GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, rule->code)));
      g_autofree char *in_force = g_strdup_printf (_("In force: %s"), title);
      const LinliRoomLine line = { rule->code, title, detail, count, in_force, rule->active };

      linli_centre_room_add (room, &line);
    }
}

/* --- The form --- */

static char *
read_effect (LinliConn  *conn,
             JsonObject *args,
             gint64      now,
             GError    **error)
{
  g_autoptr(GPtrArray) proposals = linli_supervision_try (conn, args, now, error);
  g_autoptr(GString) words = NULL;
  guint n = 0;

  if (proposals == NULL)
    return NULL;
  words = g_string_new (NULL);
  for (guint i = 0; i < proposals->len; i++)
    {
      const LinliLadderProposal *proposal = proposals->pdata[i];

      if (!g_str_equal (proposal->rule, linli_json_get_text (args, "code")))
        continue;
      if (n++ < 3)
        g_string_append_printf (words, "\n%s %s · %s", proposal->case_no, proposal->title, proposal->unit);
    }
  if (n == 0)
    return g_strdup (_("With these values it calls for no open case at this moment."));
  return g_strdup_printf (ngettext ("With these values it calls for %u open case at this moment:%s",
                                    "With these values it calls for %u open cases at this moment:%s", n), n, words->str);
}

static gboolean
collect (LinliRequest *request,
         gpointer      data,
         char        **fault)
{
  g_autofree char *clocks = linli_clock_checks_dup_text (data);

  linli_request_set_int (request, "level", g_ascii_strtoll (linli_request_get_text (request, "level"), NULL, 10));
  if (clocks == NULL)
    {
      *fault = g_strdup (_("Choose at least one limit that this step watches."));
      return FALSE;
    }
  linli_request_set_text (request, "clocks", clocks);
  return TRUE;
}

static const LinliLadderRule *
find_rule (Ladder     *self,
           const char *code)
{
  for (guint i = 0; code != NULL && i < self->rules->len; i++)
    if (g_str_equal (((LinliLadderRule *) self->rules->pdata[i])->code, code))
      return self->rules->pdata[i];
  return NULL;
}

static void
add_choices (LinliActionDialog     *dialog,
             const LinliLadderRule *rule)
{
  const char *const events[] = { "overdue", "before_due", "silent", NULL };
  const char *event_words[] = { _("A limit has run out"), _("A limit is about to run out"),
                                _("The unit did not answer a supervision in time"), NULL };
  const char *const levels[] = { "1", "2", "3", "4", NULL };
  const char *level_words[] = { linli_level_words (1), linli_level_words (2), linli_level_words (3), linli_level_words (4),
                                NULL };
  LinliFormInput *wait;

  linli_action_dialog_add_choice (dialog, "event", _("_What happened"), events, event_words,
                                  rule != NULL ? linli_ladder_event_to_text (rule->event) : "overdue");
  wait = linli_action_dialog_add_entry (dialog, "wait", _("How _long before or after it, in working time"),
                                        rule != NULL ? rule->wait_text : NULL);
  wait->required = TRUE;
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (wait->field)), _("1工作时, 1工作日; 0工作时 for at once"));
  linli_action_dialog_add_choice (dialog, "level", _("What the _unit gets"), levels, level_words,
                                  rule != NULL ? levels[rule->level - 1] : "2");
}

/* A stopped rule stays so while it is edited; a new one is named by nobody. */
static LinliActionDialog *
edit_rule (LinliUiContext *context,
           gpointer        facts,
           const char     *code)
{
  const LinliLadderRule *rule = find_rule (facts, code);
  LinliActionDialog *dialog = linli_action_dialog_new (context, "supervision.rule", code != NULL ? code : "new",
                                                       rule != NULL ? _("Step of the Ladder") : _("New Step of the Ladder"),
                                                       _("Save"));
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *fresh = g_strdup_printf ("own-%.8s", uuid);
  GtkWidget *checks = linli_clock_checks_new (rule != NULL ? rule->clocks : NULL);
  LinliFormInput *reply;

  linli_action_dialog_fix_text (dialog, "code", rule != NULL ? code : fresh);
  linli_action_dialog_fix_bool (dialog, "active", rule == NULL || rule->active);
  add_choices (dialog, rule);
  linli_action_dialog_add_widget (dialog, linli_caption_new (_("Limits that it watches")));
  linli_action_dialog_add_widget (dialog, checks);
  reply = linli_action_dialog_add_entry (dialog, "reply", _("The unit _answers within"), rule != NULL ? rule->reply : NULL);
  reply->edits = TRUE;
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (reply->field)), _("1工作日; empty for no answer"));
  linli_action_dialog_add_entry (dialog, "words", _("What it is _told"), rule != NULL ? rule->words : NULL)->required = TRUE;
  linli_action_dialog_set_collect (dialog, collect, checks);
  linli_form_preview_attach (dialog, context, read_effect, collect, checks);
  linli_clock_checks_connect (checks, G_CALLBACK (linli_form_preview_update), dialog);

  return dialog;
}

static const char *const tables[] = { "supervision_rule", NULL };

const LinliRoomKind linli_ladder_room = {
  .id = "ladder",
  .title = N_("Supervision Ladder"),
  .icon = "linli-supervise-symbolic",
  .doc = N_("When a unit is pressed, and how hard. Everything is counted in working time. A person issues what the ladder "
            "calls for, or the desk does it by itself where the rules of procedure say so."),
  .command = "supervision.rule",
  .fresh = N_("_New Step…"),
  .tables = tables,
  .read = read_ladder,
  .facts_free = ladder_free,
  .show = show_ladder,
  .edit = edit_rule,
};
