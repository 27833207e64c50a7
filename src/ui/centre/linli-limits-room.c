/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 时限: within what time each thing has to happen, leaf by leaf of the duty
 * list. The form tries the change and says whose due times it moves. */

#include "config.h"

#include "linli-centre-rooms.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-words.h"
#include "linli-catalogue-tables.h"
#include "linli-clock-recompute.h"
#include "linli-duty-limits.h"
#include "linli-form-preview.h"
#include "linli-item-card.h"
#include "linli-json.h"
#include "linli-limit.h"
#include "linli-moves-words.h"

static gpointer
read_limits (LinliConn *conn,
             gint64     now,
             GError   **error)
{
  return linli_duty_limits_load (conn, error);
}

static char *
count_words (gint64 n)
{
  return n > 0 ? g_strdup_printf (ngettext ("%u open case", "%u open cases", (gulong) n), (guint) n) : NULL;
}

static void
show_limits (LinliCentreRoom *room,
             gpointer         facts)
{
  GPtrArray *list = facts;

  for (guint i = 0; i < list->len; i++)
    {
      const LinliDutyLimits *one = list->pdata[i];
      const char *code = linli_row_get_text (one->item, LINLI_DUTY_ITEM_CODE);
      g_autofree char *title = g_strdup_printf ("%s %s", code, linli_row_get_text (one->item, LINLI_DUTY_ITEM_NAME));
      g_autofree char *limits = linli_item_limits_words (one->item);
      g_autofree char *count = count_words (one->n_open);
      g_autofree char *found_by = g_strjoin (" ", linli_row_get_text (one->item, LINLI_DUTY_ITEM_PATH), code,
                                             linli_row_get_text (one->item, LINLI_DUTY_ITEM_PINYIN),
                                             linli_row_get_text (one->item, LINLI_DUTY_ITEM_ALIASES), NULL);
      const LinliRoomLine line = { code, title, *limits != '\0' ? limits : _("No limit"), count, NULL, TRUE,
                                   found_by };

      linli_centre_room_add (room, &line);
    }
}

/* --- The form --- */

static char *
trial_words (JsonObject     *result,
             LinliUiContext *context)
{
  JsonArray *moved = linli_json_get_array (result, "moved");
  g_autoptr(GPtrArray) moves = linli_clock_moves_parse (moved);
  g_autofree char *words = NULL;
  gint64 n_kept = 0;

  if (moved == NULL)
    return g_strdup (_("The open cases keep the limits they were registered with."));
  words = linli_moves_words (moves, linli_ui_context_get_zone (context), FALSE);
  if (!linli_json_get_int (result, "n_kept", &n_kept) || n_kept == 0)
    return g_steal_pointer (&words);
  return g_strdup_printf (ngettext ("%s\n%u open case keeps its limits: since it was registered, other closing evidence is "
                                    "asked for.",
                                    "%s\n%u open cases keep their limits: since they were registered, other closing evidence "
                                    "is asked for.", (gulong) n_kept), words, (guint) n_kept);
}

static gboolean
collect (LinliRequest *request,
         gpointer      data,
         char        **fault)
{
  linli_request_set_bool (request, "open", g_strcmp0 (linli_request_get_text (request, "open"), "yes") == 0);
  return TRUE;
}

/* What of a limit no clock uses, or uses though it is not always meant. */
static char *
condition_words (const LinliLimit *limit,
                 gboolean          used)
{
  g_autofree char *term = linli_term_to_zh (limit->term);

  if (limit->qualifier == NULL)
    /* Translators: a limit such as 5工作日 */
    return used ? NULL : g_strdup_printf (_("%s is one more limit; clocks do not use it."), term);
  /* Translators: a limit such as 15工作日, and when it holds, as in 种植季节 */
  return g_strdup_printf (used ? _("%1$s holds for “%2$s” only; clocks use it in every case.")
                               : _("%1$s holds for “%2$s” only; clocks pass it over, for they cannot know when that is."),
                          term, limit->qualifier);
}

static void
limit_changed_cb (GtkEditable *entry,
                  LinliField  *field)
{
  g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (gtk_editable_get_text (entry), LINLI_BARE_IS_CLOCK);
  const LinliLimit *chosen = linli_limit_text_choose (parsed);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *words = NULL;

  for (guint i = 0; i < parsed->limits->len; i++)
    {
      const LinliLimit *limit = &g_array_index (parsed->limits, LinliLimit, i);
      char *line = condition_words (limit, limit == chosen);

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }
  g_ptr_array_add (lines, NULL);
  words = g_strjoinv ("\n", (char **) lines->pdata);
  linli_field_set_hint (field, *words != '\0' ? words : NULL);
}

static void
add_limits (LinliActionDialog *dialog,
            LinliRow          *item)
{
  const char *labels[] = { _("_Dispatch within"), _("_Sign within"), _("_First contact within"), _("Settle _within"),
                           _("Call _back within") };
  const char *text = linli_row_get_text (item, LINLI_DUTY_ITEM_LIMITS);
  g_autoptr(JsonObject) limits = text != NULL ? linli_json_parse_object (text, -1, NULL) : NULL;

  for (guint i = 0; linli_duty_limit_kinds[i] != NULL; i++)
    {
      const char *kind = linli_duty_limit_kinds[i];
      const char *limit = limits != NULL ? linli_json_get_text (limits, kind) : NULL;
      LinliFormInput *input = linli_action_dialog_add_entry (dialog, kind, labels[i], limit);
      GtkWidget *entry = linli_field_get_input (input->field);

      input->edits = TRUE;
      gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("30分钟, 2工作时, 5工作日; empty for none"));
      g_signal_connect_object (entry, "changed", G_CALLBACK (limit_changed_cb), input->field, 0);
      limit_changed_cb (GTK_EDITABLE (entry), input->field);
    }
}

static void
add_choices (LinliActionDialog *dialog,
             LinliRow          *item)
{
  const char *const rules[] = { "immediate", "next_day", "next_working_day", NULL };
  const char *rule_words[] = { _("At once"), _("The next day"), _("The next working day"), NULL };
  const char *const cases[] = { "no", "yes", NULL };
  const char *case_words[] = { _("Those registered from _now on"), _("The _open ones as well"), NULL };
  const char *rule = linli_row_get_text (item, LINLI_DUTY_ITEM_START_RULE);

  linli_action_dialog_add_choice (dialog, "start_rule", _("Days to settle it co_unt from"), rules, rule_words,
                                  rule != NULL ? rule : "next_working_day")->edits = TRUE;
  linli_form_input_set_text (linli_action_dialog_add_bar (dialog, "open", _("For which cases"), cases, case_words), "no");
  linli_action_dialog_add_entry (dialog, "reason", _("_Reason, told in the open cases"), NULL);
}

static LinliActionDialog *
edit_limits (LinliUiContext *context,
             gpointer        facts,
             const char     *code)
{
  GPtrArray *list = facts;
  LinliRow *item = NULL;
  LinliActionDialog *dialog;

  for (guint i = 0; code != NULL && item == NULL && i < list->len; i++)
    if (g_str_equal (linli_row_get_text (((LinliDutyLimits *) list->pdata[i])->item, LINLI_DUTY_ITEM_CODE), code))
      item = ((LinliDutyLimits *) list->pdata[i])->item;
  if (item == NULL)
    return NULL;
  dialog = linli_action_dialog_new (context, "duty.set-limits", code, linli_row_get_text (item, LINLI_DUTY_ITEM_NAME), _("Save"));
  linli_action_dialog_fix_text (dialog, "code", code);
  add_limits (dialog, item);
  add_choices (dialog, item);
  linli_action_dialog_set_collect (dialog, collect, NULL);
  linli_form_preview_attach_trial (dialog, context, "duty.set-limits", trial_words, collect, NULL);

  return dialog;
}

static const char *const tables[] = { "duty_item", "cases", NULL };

const LinliRoomKind linli_limits_room = {
  .id = "limits",
  .title = N_("Limits by Duty Item"),
  .icon = "linli-clock-symbolic",
  .doc = N_("Within what time each thing has to happen, for every item of the duty list. Search by name, code or pinyin "
            "initials. Before a change is saved, its form says which due times of open cases move."),
  .command = "duty.set-limits",
  .tables = tables,
  .read = read_limits,
  .facts_free = (GDestroyNotify) g_ptr_array_unref,
  .show = show_limits,
  .edit = edit_limits,
};
