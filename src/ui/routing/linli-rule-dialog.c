/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One routing rule: in words, and as a form. */

#include "config.h"

#include "linli-rule-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-attribute-fields.h"
#include "linli-attributes.h"
#include "linli-case-words.h"
#include "linli-people-tables.h"
#include "linli-routing-tables.h"
#include "linli-unit-chips.h"

void
linli_rule_list_free (LinliRuleList *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->defs, g_ptr_array_unref);
  g_clear_pointer (&self->units, g_hash_table_unref);
  g_free (self);
}

/* In the read lane. Returns: (transfer full): a LinliRuleList */
gpointer
linli_rule_list_read (LinliConn *conn,
                      gpointer   data,
                      GError   **error)
{
  LinliRuleList *self = g_new0 (LinliRuleList, 1);

  self->rules = linli_routing_rules_load (conn, error);
  self->defs = self->rules != NULL ? linli_attribute_defs_load (conn, error) : NULL;
  self->units = self->defs != NULL ? linli_routing_units_load (conn, error) : NULL;
  if (self->units == NULL)
    g_clear_pointer (&self, linli_rule_list_free);

  return self;
}

static const char *
unit_name (LinliRuleList *self,
           const char    *id)
{
  LinliRow *unit = id != NULL ? g_hash_table_lookup (self->units, id) : NULL;

  return unit != NULL ? linli_row_get_text (unit, LINLI_UNIT_NAME) : NULL;
}

static void
append (GString    *words,
        const char *name,
        const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, " · ");
  if (name != NULL)
    g_string_append_printf (words, "%s ", name);
  g_string_append (words, value);
}

static void
append_attributes (LinliRuleList *self,
                   GString       *words,
                   LinliRow      *rule)
{
  g_autoptr(GHashTable) wanted = linli_rule_dup_attributes (rule);

  for (guint i = 0; i < self->defs->len; i++)
    append (words, linli_row_get_text (self->defs->pdata[i], LINLI_ATTRIBUTE_NAME),
            g_hash_table_lookup (wanted, linli_row_get_text (self->defs->pdata[i], LINLI_ATTRIBUTE_CODE)));
}

static char *
dup_time (LinliRow *rule,
          guint     column)
{
  int minute = (int) linli_row_get_int (rule, column);

  return linli_row_is_null (rule, column) ? NULL : g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

/* Returns: (transfer full): for which matters it is */
char *
linli_rule_words (LinliRuleList *self,
                  LinliRow      *rule)
{
  g_autoptr(GString) words = g_string_new (NULL);
  g_autofree char *from = dup_time (rule, LINLI_ROUTING_RULE_FROM_MINUTE);
  g_autofree char *to = dup_time (rule, LINLI_ROUTING_RULE_TO_MINUTE);
  g_autofree char *times = from != NULL && to != NULL ? g_strdup_printf ("%s–%s", from, to) : NULL;
  const char *urgency = linli_row_get_text (rule, LINLI_ROUTING_RULE_URGENCY);

  append (words, _("Items"), linli_row_get_text (rule, LINLI_ROUTING_RULE_ITEMS));
  append_attributes (self, words, rule);
  append (words, NULL, linli_row_get_text (rule, LINLI_ROUTING_RULE_COMMUNITIES));
  append (words, _("Place with"), linli_row_get_text (rule, LINLI_ROUTING_RULE_PLACES));
  append (words, _("Grid"), linli_row_get_text (rule, LINLI_ROUTING_RULE_GRIDS));
  append (words, _("Channel"), linli_row_get_text (rule, LINLI_ROUTING_RULE_CHANNELS));
  append (words, NULL, urgency != NULL ? linli_case_urgency_words (urgency) : NULL);
  append (words, NULL, times);
  append (words, _("from"), linli_row_get_text (rule, LINLI_ROUTING_RULE_VALID_FROM));
  append (words, _("until"), linli_row_get_text (rule, LINLI_ROUTING_RULE_VALID_TO));

  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : g_strdup (_("Every matter"));
}

/* Returns: (transfer full): where it sends them */
char *
linli_rule_unit_words (LinliRuleList *self,
                       LinliRow      *rule)
{
  const char *lead = unit_name (self, linli_row_get_text (rule, LINLI_ROUTING_RULE_LEAD_UNIT_ID));
  const char *later = unit_name (self, linli_row_get_text (rule, LINLI_ROUTING_RULE_LATER_UNIT_ID));

  if (later == NULL)
    return g_strdup (lead != NULL ? lead : "");
  /* Translators: the unit it goes to, the unit that finds out the owner afterwards */
  return g_strdup_printf (_("%s; the owner is found out by %s"), lead != NULL ? lead : "", later);
}

/* --- The form --- */

static void
add_entry (LinliActionDialog *dialog,
           const char        *name,
           const char        *label,
           const char        *text,
           const char        *hint)
{
  LinliFormInput *input = linli_action_dialog_add_entry (dialog, name, label, text);

  if (hint != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (input->field)), hint);
}

static void
add_assistants (LinliActionDialog *dialog,
                LinliRuleList     *list,
                LinliRow          *rule)
{
  const char *ids = rule != NULL ? linli_row_get_text (rule, LINLI_ROUTING_RULE_ASSIST_UNIT_IDS) : NULL;
  LinliFormInput *input = linli_action_dialog_add_units (dialog, "assist", _("_Assisting units"));
  g_auto(GStrv) parts = g_strsplit (ids != NULL ? ids : "", " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (unit_name (list, parts[i]) != NULL)
      linli_unit_chips_add (LINLI_UNIT_CHIPS (linli_field_get_input (input->field)), parts[i], unit_name (list, parts[i]));
}

static void
add_conditions (LinliActionDialog *dialog,
                LinliUiContext    *context,
                LinliRow          *rule)
{
  GtkWidget *fields = linli_attribute_fields_new_conditions (context);
  g_autoptr(GHashTable) wanted = linli_rule_dup_attributes (rule);
  g_autofree char *text = linli_attributes_to_text (wanted);

  linli_action_dialog_add_input (dialog, "attributes", _("What is asked about it"), fields);
  linli_attribute_fields_set_text (LINLI_ATTRIBUTE_FIELDS (fields), text);
}

static void
add_urgency (LinliActionDialog *dialog,
             LinliRow          *rule)
{
  const char *const ids[] = { "", "urgent", "normal", "hard", NULL };
  const char *words[] = { C_("urgency", "Any"), C_("urgency", "Urgent"), C_("urgency", "Ordinary"), C_("urgency", "Hard"), NULL };

  linli_action_dialog_add_choice (dialog, "urgency", _("_Urgency"), ids, words,
                                  rule != NULL ? linli_row_get_text (rule, LINLI_ROUTING_RULE_URGENCY) : "");
}

/* @rule: (nullable): %NULL for a new one */
LinliActionDialog *
linli_rule_dialog_new (LinliUiContext *context,
                       LinliRuleList  *list,
                       LinliRow       *rule)
{
  LinliActionDialog *dialog = linli_action_dialog_new (context, "rule.save", rule != NULL ? linli_row_get_id (rule) : "new",
                                                       rule != NULL ? _("Edit the Rule") : _("New Rule"), _("Save"));
  const char *(*get) (LinliRow *row, guint column) = linli_row_get_text;
  g_autofree char *from = rule != NULL ? dup_time (rule, LINLI_ROUTING_RULE_FROM_MINUTE) : NULL;
  g_autofree char *to = rule != NULL ? dup_time (rule, LINLI_ROUTING_RULE_TO_MINUTE) : NULL;
  const char *lead = rule != NULL ? get (rule, LINLI_ROUTING_RULE_LEAD_UNIT_ID) : NULL;
  const char *later = rule != NULL ? get (rule, LINLI_ROUTING_RULE_LATER_UNIT_ID) : NULL;
#define OLD(column) (rule != NULL ? get (rule, LINLI_ROUTING_RULE_##column) : NULL)

  if (rule != NULL)
    linli_action_dialog_fix_text (dialog, "code", OLD (CODE));
  linli_action_dialog_add_entry (dialog, "name", _("_Name"), OLD (NAME))->required = TRUE;
  add_entry (dialog, "items", _("Duty _items"), OLD (ITEMS), _("Codes of leaves, groups or classes; empty for any"));
  add_conditions (dialog, context, rule);
  add_entry (dialog, "communities", _("_Communities"), OLD (COMMUNITIES), _("Several separated by spaces; empty for any"));
  add_entry (dialog, "places", _("_Words in the place"), OLD (PLACES), NULL);
  add_entry (dialog, "grids", _("_Grids"), OLD (GRIDS), NULL);
  add_entry (dialog, "channels", _("C_hannels"), OLD (CHANNELS), _("Codes"));
  add_urgency (dialog, rule);
  add_entry (dialog, "from", _("_From (time of day)"), from, "22:00");
  add_entry (dialog, "to", _("_To"), to, "06:00");
  add_entry (dialog, "valid_from", _("In force f_rom"), OLD (VALID_FROM), "2026-02-14");
  add_entry (dialog, "valid_to", _("Unti_l"), OLD (VALID_TO), NULL);
  linli_action_dialog_add_picker (dialog, "lead", _("Lead unit (_1)"), LINLI_PICK_UNIT,
                                  lead != NULL ? g_hash_table_lookup (list->units, lead) : NULL)->required = TRUE;
  add_assistants (dialog, list, rule);
  linli_action_dialog_add_area (dialog, "instruction", _("Instruction to the units (_2)"), OLD (INSTRUCTION));
  linli_action_dialog_add_picker (dialog, "later", _("Who finds out the _owner afterwards"), LINLI_PICK_UNIT,
                                  later != NULL ? g_hash_table_lookup (list->units, later) : NULL);
#undef OLD

  return dialog;
}
