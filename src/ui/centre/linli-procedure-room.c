/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 办理规定: the numbers and choices a centre handles its cases by, each in a
 * sentence, with what it affects and where it comes from. */

#include "config.h"

#include "linli-centre-rooms.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-form-preview.h"
#include "linli-handling-rules.h"
#include "linli-json.h"
#include "linli-policy.h"
#include "linli-procedure-words.h"

typedef struct
{
  JsonNode *policies; /* as policy.list answers */
  JsonNode *bounds;   /* as handling.rules answers */
} Facts;

static void
facts_free (gpointer data)
{
  Facts *self = data;

  g_clear_pointer (&self->policies, json_node_unref);
  g_clear_pointer (&self->bounds, json_node_unref);
  g_free (self);
}

static gpointer
read_procedure (LinliConn *conn,
                gint64     now,
                GError   **error)
{
  const LinliQueryContext context = { .now = now };
  Facts *self = g_new0 (Facts, 1);

  self->policies = linli_policy_list (conn, &context, NULL, error);
  self->bounds = self->policies != NULL ? linli_handling_rules_query (conn, &context, NULL, error) : NULL;
  if (self->bounds == NULL)
    g_clear_pointer ((gpointer *) &self, facts_free);
  return self;
}

/* Returns: (transfer none): what it is, and what it is unless the centre decides (out) */
static const char *
find_value (Facts                    *self,
            const LinliProcedureRule *rule,
            const char              **built_in)
{
  JsonArray *array = json_node_get_array (rule->is_bound ? self->bounds : self->policies);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      if (!g_str_equal (linli_json_get_text (object, rule->is_bound ? "name" : "code"), rule->code))
        continue;
      *built_in = linli_json_get_text (object, rule->is_bound ? "default" : "built_in");
      return linli_json_get_text (object, "value");
    }
  g_return_val_if_reached (NULL);
}

static void
show_procedure (LinliCentreRoom *room,
                gpointer         facts)
{
  guint n;
  const LinliProcedureRule *rules = linli_procedure_rules (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *built_in = NULL;
      const char *value = find_value (facts, &rules[i], &built_in);
      g_autofree char *title = linli_procedure_sentence (&rules[i], value);
      g_autofree char *detail = g_strdup_printf (_("%s · Source: %s"), g_dgettext (GETTEXT_PACKAGE, rules[i].affects),
                                                 g_dgettext (GETTEXT_PACKAGE, rules[i].source));
      const char *note = g_strcmp0 (value, built_in) != 0 ? _("decided here") : NULL;
      const LinliRoomLine line = { rules[i].code, title, detail, note, NULL, TRUE };

      linli_centre_room_add (room, &line);
    }
}

/* --- The form --- */

/* A value that cannot be is refused before it is handed in. */
static char *
read_effect (LinliConn  *conn,
             JsonObject *args,
             gint64      now,
             GError    **error)
{
  const char *value = linli_json_get_text (args, "value");
  const char *bound = linli_json_get_text (args, "name");
  const LinliProcedureRule *rule = linli_procedure_find (bound != NULL ? bound : linli_json_get_text (args, "code"));

  if (bound != NULL ? !linli_handling_rule_check (bound, value, error) : !linli_policy_check (rule->code, value, error))
    return NULL;
  return linli_procedure_sentence (rule, value);
}

static void
add_value (LinliActionDialog        *dialog,
           const LinliProcedureRule *rule,
           const char               *value)
{
  if (rule->choices[0] != NULL)
    {
      const char *words[G_N_ELEMENTS (rule->choice_names)] = { NULL };

      for (guint i = 0; rule->choices[i] != NULL; i++)
        words[i] = g_dgettext (GETTEXT_PACKAGE, rule->choice_names[i]);
      linli_action_dialog_add_choice (dialog, "value", g_dgettext (GETTEXT_PACKAGE, rule->label), rule->choices, words, value);
    }
  else
    linli_action_dialog_add_entry (dialog, "value", g_dgettext (GETTEXT_PACKAGE, rule->label), value)->required = TRUE;
}

static LinliActionDialog *
edit (LinliUiContext *context,
      gpointer        facts,
      const char     *code)
{
  const LinliProcedureRule *rule = linli_procedure_find (code);
  const char *built_in = NULL;
  const char *value = find_value (facts, rule, &built_in);
  LinliActionDialog *dialog = linli_action_dialog_new (context, rule->is_bound ? "handling.set-rule" : "policy.set", code,
                                                       _("Rule of Procedure"), _("Save"));
  g_autofree char *before = linli_procedure_sentence (rule, built_in);
  g_autofree char *detail = g_strdup_printf (_("%s\nSource: %s\nUnless a centre decides otherwise: %s"),
                                             g_dgettext (GETTEXT_PACKAGE, rule->affects),
                                             g_dgettext (GETTEXT_PACKAGE, rule->source), before);

  linli_action_dialog_fix_text (dialog, rule->is_bound ? "name" : "code", code);
  add_value (dialog, rule, value);
  linli_form_preview_attach (dialog, context, read_effect, NULL, NULL);
  linli_action_dialog_add_widget (dialog, linli_caption_new (detail));

  return dialog;
}

static const char *const tables[] = { "policy", "handling_rule", NULL };

const LinliRoomKind linli_procedure_room = {
  .id = "procedure",
  .title = N_("Rules of Procedure"),
  .icon = "linli-ruling-symbolic",
  .doc = N_("By which numbers this centre returns, extends, suspends, reviews, calls back and supervises. A change holds from "
            "now on; what was decided before stays decided."),
  .command = "policy.set",
  .tables = tables,
  .read = read_procedure,
  .facts_free = facts_free,
  .show = show_procedure,
  .edit = edit,
};
