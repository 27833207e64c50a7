/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-merge-choice.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-tables.h"
#include "linli-case-words.h"
#include "linli-error-words.h"
#include "linli-merge-asked.h"
#include "linli-merge-preview.h"
#include "linli-merge-words.h"
#include "linli-time-words.h"

/* One case in the list. */
typedef struct
{
  char           *id;
  LinliMergeCase *one;      /* (owned) */
  GtkWidget      *row;      /* (unowned), as the following */
  GtkCheckButton *takes_part;
  GtkCheckButton *goes_on;
  GtkLabel       *remarks;
  const char     *left_out;     /* (nullable): the reason why it stays as it is */
} Item;

struct _LinliMergeChoice
{
  GtkBox          parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkSearchEntry *search;
  GtkBox         *list;
  GtkLabel       *summary;
  GtkCheckButton *group;    /* (nullable): the first radio */
  GtkBox         *units;    /* what becomes of units at work */
  GtkCheckButton *carry;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable; /* of the preview */
  GCancellable   *looking;     /* (nullable): of the search under way */
  GPtrArray      *items;    /* Item */
  GPtrArray      *ids;      /* (element-type utf8): the cases at hand */

  /* State */
  gboolean        is_ready;    /* the last preview answers what is chosen */
  gboolean        chose_target; /* by hand: it stays */
  gboolean        setting;
  gboolean        by_hand;     /* somebody marked: what cannot join is said, and stays marked */
  gboolean        placed;      /* the keyboard was put where it is wanted first */
  char           *refusal;     /* (nullable) (owned): in words */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliMergeChoice, linli_merge_choice, GTK_TYPE_BOX)

static void update_preview (LinliMergeChoice *self);

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->id);
  linli_merge_case_free (item->one);
  g_free (item);
}

static Item *
find_item (LinliMergeChoice *self,
           const char       *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (((Item *) self->items->pdata[i])->id, id))
      return self->items->pdata[i];
  return NULL;
}

static Item *
find_target (LinliMergeChoice *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (gtk_check_button_get_active (((Item *) self->items->pdata[i])->goes_on))
      return self->items->pdata[i];
  return NULL;
}

/* --- A row --- */

static char *
facts_words (LinliMergeChoice *self,
             LinliMergeCase   *one)
{
  g_autofree char *received = linli_moment_words (linli_row_get_int (one->row, LINLI_CASE_RECEIVED_AT),
                                                  linli_ui_context_now (self->context),
                                                  linli_ui_context_get_zone (self->context));
  gint64 due = linli_row_get_int (one->row, LINLI_CASE_DUE_AT);
  g_autofree char *left = linli_due_words (due, linli_ui_context_now (self->context));
  const char *place = linli_row_get_text (one->row, LINLI_CASE_PLACE);
  const char *unit = linli_row_get_text (one->row, LINLI_CASE_LEAD_UNIT_NAME);
  GString *words = g_string_new (linli_row_get_text (one->row, LINLI_CASE_CASE_NO));

  g_string_append_printf (words, " · %s · %s", linli_case_state_words (linli_row_get_text (one->row, LINLI_CASE_STATE)),
                          received);
  if (due != 0)
    g_string_append_printf (words, " · %s", left);
  if (place != NULL)
    g_string_append_printf (words, " · %s", place);
  if (unit != NULL)
    g_string_append_printf (words, " · %s", unit);

  return g_string_free (words, FALSE);
}

static char *
resident_words (LinliMergeCase *one)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < one->submissions->len; i++)
    {
      const char *name = one->names->pdata[i];

      g_string_append_printf (words, "%s%s%s%s", i > 0 ? "\n" : "", name, *name != '\0' ? "：" : "",
                              linli_row_get_text (one->submissions->pdata[i], LINLI_SUBMISSION_TEXT));
    }
  if (one->submissions->len == 0 && !linli_row_is_null (one->row, LINLI_CASE_SUMMARY))
    g_string_append (words, linli_row_get_text (one->row, LINLI_CASE_SUMMARY));

  return g_string_free (words, FALSE);
}

static void
part_toggled_cb (GtkCheckButton   *button,
                 LinliMergeChoice *self)
{
  if (self->setting)
    return;
  for (guint i = 0; i < self->items->len; i++) /* what is marked by hand is judged anew */
    if (((Item *) self->items->pdata[i])->takes_part == button)
      ((Item *) self->items->pdata[i])->left_out = NULL;
  self->by_hand = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
  update_preview (self);
}

static void
target_toggled_cb (GtkCheckButton   *button,
                   LinliMergeChoice *self)
{
  if (self->setting || !gtk_check_button_get_active (button))
    return;
  self->chose_target = TRUE;
  for (guint i = 0; i < self->items->len; i++) /* what goes on takes part */
    {
      Item *item = self->items->pdata[i];

      if (item->goes_on == button && !gtk_check_button_get_active (item->takes_part))
        {
          self->setting = TRUE;
          gtk_check_button_set_active (item->takes_part, TRUE);
          self->setting = FALSE;
        }
    }
  update_preview (self);
}

static void
set_name (GtkWidget  *widget,
          const char *format,
          LinliRow   *row)
{
  /* Both are translated sentences with one number and one title. */
  g_autoptr(GString) name = g_string_new (format);

  g_string_replace (name, "%s", linli_row_get_text (row, LINLI_CASE_CASE_NO), 1);
  g_string_append_printf (name, " %s", linli_row_get_text (row, LINLI_CASE_TITLE));
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

static GtkWidget *
new_row (LinliMergeChoice *self,
         Item             *item)
{
  GtkWidget *row = linli_card_new (4);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *title = gtk_label_new (linli_row_get_text (item->one->row, LINLI_CASE_TITLE));
  g_autofree char *facts = facts_words (self, item->one);
  g_autofree char *words = resident_words (item->one);
  g_autofree char *kept = linli_merge_kept_words (item->one);
  GtkWidget *text = linli_text_new (words, NULL);

  item->takes_part = GTK_CHECK_BUTTON (gtk_check_button_new ());
  item->goes_on = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_("goes on")));
  if (self->group != NULL)
    gtk_check_button_set_group (item->goes_on, self->group);
  else
    self->group = item->goes_on;
  item->remarks = GTK_LABEL (linli_text_new ("", "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (item->remarks), "warning");
  gtk_widget_set_visible (GTK_WIDGET (item->remarks), FALSE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_lines (GTK_LABEL (text), 3);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (text, words);
  /* Translators: %s is a case's number; its title follows */
  set_name (GTK_WIDGET (item->takes_part), _("%s takes part:"), item->one->row);
  /* Translators: %s is a case's number; its title follows */
  set_name (GTK_WIDGET (item->goes_on), _("%s goes on:"), item->one->row);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (item->takes_part));
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (item->goes_on));
  gtk_box_append (GTK_BOX (row), head);
  gtk_box_append (GTK_BOX (row), linli_caption_new (facts));
  gtk_box_append (GTK_BOX (row), text);
  if (*kept != '\0')
    gtk_box_append (GTK_BOX (row), linli_caption_new (kept));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (item->remarks));
  g_signal_connect_object (item->takes_part, "toggled", G_CALLBACK (part_toggled_cb), self, 0);
  g_signal_connect_object (item->goes_on, "toggled", G_CALLBACK (target_toggled_cb), self, 0);

  return row;
}

/* @one: (transfer full) */
static void
add_item (LinliMergeChoice *self,
          LinliMergeCase   *one,
          gboolean          takes_part)
{
  Item *item = find_item (self, linli_row_get_id (one->row));

  if (item != NULL)
    {
      linli_merge_case_free (one);
      return;
    }
  item = g_new0 (Item, 1);
  item->id = g_strdup (linli_row_get_id (one->row));
  item->one = one;
  item->row = new_row (self, item);
  g_ptr_array_add (self->items, item);
  gtk_box_append (self->list, item->row);
  self->setting = TRUE;
  gtk_check_button_set_active (item->takes_part, takes_part);
  self->setting = FALSE;
}

/* --- What would come of it --- */

static void
show_remarks (Item           *item,
              LinliMergeCase *judged)
{
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint bit = 1; judged != NULL && bit <= LINLI_MERGE_SETTLED; bit <<= 1)
    if (judged->warnings & bit)
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", linli_merge_warning_words (bit));
  if (judged != NULL && judged->refusal != NULL)
    g_string_assign (words, linli_merge_refusal_words (judged->refusal));
  if (item->left_out != NULL)
    g_string_printf (words, _("Stays out. %s"), linli_merge_refusal_words (item->left_out));
  gtk_label_set_label (item->remarks, words->str);
  gtk_widget_set_visible (GTK_WIDGET (item->remarks), words->len > 0);
  if ((judged != NULL && judged->refusal != NULL) || item->left_out != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (item->remarks), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (item->remarks), "error");
}

static void
append_left_out (LinliMergeChoice *self,
                 GString          *words)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += ((Item *) self->items->pdata[i])->left_out != NULL;
  if (n == 0)
    return;
  g_string_append_c (words, ' ');
  g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, "%u of the marked cases cannot join and stays as it is.",
                                              "%u of the marked cases cannot join and stay as they are.", n), n);
}

static void
show_summary (LinliMergeChoice  *self,
              LinliMergePreview *preview)
{
  g_autoptr(GString) words = g_string_new (NULL);
  const char *number = linli_row_get_text (preview->target->row, LINLI_CASE_CASE_NO);

  g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, "%u resident together in %s.", "%u residents together in %s.",
                                              (gulong) preview->n_residents), (guint) preview->n_residents, number);
  if (preview->due_at != 0)
    {
      g_autofree char *due = linli_moment_full_words (preview->due_at, linli_ui_context_get_zone (self->context));

      g_string_append_c (words, ' ');
      /* Translators: a time, and the number of the case whose limit it is */
      g_string_append_printf (words, _("Due %s, by the limit of %s, the earliest."), due,
                              linli_row_get_text (preview->due_from, LINLI_CASE_CASE_NO));
    }
  append_left_out (self, words);
  gtk_label_set_label (self->summary, words->str);
}

/* Of many cases marked in a list, those that cannot join stay out and say why;
 * the others need not wait for them. Returns: whether there were any. */
static gboolean
leave_out (LinliMergeChoice  *self,
           LinliMergePreview *preview)
{
  gboolean any = FALSE;

  if (self->by_hand || self->ids->len < 2)
    return FALSE;
  self->setting = TRUE;
  for (guint i = 0; i < preview->sources->len; i++)
    {
      LinliMergeCase *source = preview->sources->pdata[i];
      Item *item = find_item (self, linli_row_get_id (source->row));

      /* What is wrong with the target is wrong for all of them. */
      if (item == NULL || source->refusal == NULL || g_str_has_prefix (source->refusal, "target-"))
        continue;
      item->left_out = g_intern_string (source->refusal);
      gtk_check_button_set_active (item->takes_part, FALSE);
      any = TRUE;
    }
  self->setting = FALSE;

  return any;
}

static void
show_preview (LinliMergeChoice  *self,
              LinliMergePreview *preview)
{
  Item *target = find_item (self, linli_row_get_id (preview->target->row));
  gboolean at_work = FALSE;

  g_clear_pointer (&self->refusal, g_free);
  for (guint i = 0; i < self->items->len; i++)
    show_remarks (self->items->pdata[i], NULL);
  for (guint i = 0; i < preview->sources->len; i++)
    {
      LinliMergeCase *source = preview->sources->pdata[i];
      Item *item = find_item (self, linli_row_get_id (source->row));

      if (item != NULL)
        show_remarks (item, source);
      at_work |= (source->warnings & LINLI_MERGE_UNIT_AT_WORK) != 0;
      if (source->refusal != NULL && self->refusal == NULL)
        self->refusal = g_strdup_printf (_("%s: %s"), linli_row_get_text (source->row, LINLI_CASE_CASE_NO),
                                         linli_merge_refusal_words (source->refusal));
    }
  if (target != NULL)
    {
      self->setting = TRUE;
      gtk_check_button_set_active (target->goes_on, TRUE);
      self->setting = FALSE;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->units), at_work);
  if (preview->sources->len == 0)
    gtk_label_set_label (self->summary, _("Mark the cases that are the same matter."));
  else
    show_summary (self, preview);
  self->is_ready = TRUE;
}

static void
read_preview_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LinliMergeChoice) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliMergePreview) preview = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (self->context == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (preview != NULL && leave_out (self, preview))
    update_preview (self);
  else if (preview != NULL)
    show_preview (self, preview);
  else
    {
      g_autofree char *words = linli_error_words (error);

      gtk_label_set_label (self->summary, words);
    }
}

/* Whatever was asked before is no answer any more. */
static void
update_preview (LinliMergeChoice *self)
{
  LinliMergeQuestion *question = g_new0 (LinliMergeQuestion, 1);
  Item *target = find_target (self);

  self->is_ready = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  question->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (gtk_check_button_get_active (item->takes_part))
        g_ptr_array_add (question->ids, g_strdup (item->id));
    }
  if (question->ids->len == 0)
    {
      gtk_label_set_label (self->summary, _("Mark the cases that are the same matter."));
      linli_merge_question_free (question);
      return;
    }
  if (self->chose_target && target != NULL && gtk_check_button_get_active (target->takes_part))
    question->target = g_strdup (target->id);
  linli_store_read_async (linli_ui_context_get_store (self->context), linli_merge_question_read, question,
                          linli_merge_question_free, (GDestroyNotify) linli_merge_preview_free, self->cancellable,
                          read_preview_cb, g_object_ref (self));
}

/* --- What is listed --- */

static gboolean
is_at_hand (LinliMergeChoice *self,
            LinliMergeCase   *one)
{
  return g_ptr_array_find_with_equal_func (self->ids, linli_row_get_id (one->row), g_str_equal, NULL);
}

/* What was found before and not marked makes room. The cases at hand stay: who
 * took one out would find it marked again after the search. */
static void
drop_unmarked (LinliMergeChoice *self)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      Item *item = self->items->pdata[i - 1];

      if (gtk_check_button_get_active (item->takes_part) || item->goes_on == self->group ||
          gtk_check_button_get_active (item->goes_on) || is_at_hand (self, item->one))
        continue;
      gtk_box_remove (self->list, item->row);
      g_ptr_array_remove_index (self->items, i - 1);
    }
}

/* On the first case that might join; on the first of those that were marked in
 * a list; on the search where there is nothing to judge. */
static void
place_focus (LinliMergeChoice *self)
{
  self->placed = TRUE;
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (self->ids->len == 1 && is_at_hand (self, item->one))
        continue;
      gtk_widget_grab_focus (GTK_WIDGET (item->takes_part));
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
read_wanted_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LinliMergeChoice) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) found = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (self->context == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found == NULL)
    {
      g_autofree char *words = linli_error_words (error);

      gtk_label_set_label (self->summary, words);
      return;
    }
  if (self->items->len > 0)
    drop_unmarked (self);
  while (found->len > 0)
    {
      LinliMergeCase *one = g_ptr_array_steal_index (found, 0);

      add_item (self, one, is_at_hand (self, one));
    }
  if (!self->placed)
    place_focus (self);
  update_preview (self);
}

static void
ask (LinliMergeChoice *self,
     const char       *typed)
{
  LinliMergeWanted *wanted = g_new0 (LinliMergeWanted, 1);

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  wanted->now = linli_ui_context_now (self->context);
  wanted->actor = linli_store_dup_actor (linli_ui_context_get_store (self->context));
  wanted->typed = g_strdup (typed);
  if (typed == NULL)
    wanted->ids = g_ptr_array_ref (self->ids);
  linli_store_read_async (linli_ui_context_get_store (self->context), linli_merge_wanted_read, wanted,
                          linli_merge_wanted_free, (GDestroyNotify) g_ptr_array_unref, self->looking,
                          read_wanted_cb, g_object_ref (self));
}

static void
search_cb (GtkSearchEntry   *search,
           LinliMergeChoice *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (search))));

  ask (self, *typed != '\0' ? typed : NULL);
}

/* The first Escape empties the search, the next closes the form. */
static void
stop_search_cb (GtkSearchEntry *search)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (search), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (search), "window.close", NULL);
}

/* --- The object --- */

static void
linli_merge_choice_dispose (GObject *object)
{
  LinliMergeChoice *self = LINLI_MERGE_CHOICE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_merge_choice_parent_class)->dispose (object);
}

static void
linli_merge_choice_finalize (GObject *object)
{
  LinliMergeChoice *self = LINLI_MERGE_CHOICE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self->refusal);

  G_OBJECT_CLASS (linli_merge_choice_parent_class)->finalize (object);
}

static void
linli_merge_choice_class_init (LinliMergeChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_merge_choice_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_merge_choice_finalize;

  /**
   * LinliMergeChoice::changed:
   *
   * Another case takes part, or one no longer does.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_merge_choice_init (LinliMergeChoice *self)
{
  GtkWidget *recall = linli_check_new (_("Re_call the units at work on the cases that end"));

  self->cancellable = g_cancellable_new ();
  self->items = g_ptr_array_new_with_free_func (item_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 10);

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _("Find another case: number, name, words, place"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find another case"), -1);
  g_signal_connect (self->search, "stop-search", G_CALLBACK (stop_search_cb), NULL);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self, 0);
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  self->units = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  self->carry = GTK_CHECK_BUTTON (linli_check_new (_("Let them go on, _assisting the lead unit")));
  gtk_check_button_set_group (self->carry, GTK_CHECK_BUTTON (recall));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (recall), TRUE);
  gtk_box_append (self->units, recall);
  gtk_box_append (self->units, GTK_WIDGET (self->carry));
  gtk_widget_set_visible (GTK_WIDGET (self->units), FALSE);
  self->summary = GTK_LABEL (linli_text_new ("", "form-message"));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->units));
}

/**
 * linli_merge_choice_new:
 * @ids: (element-type utf8): the cases at hand; what is near a single one is
 *   offered beside it
 */
GtkWidget *
linli_merge_choice_new (LinliUiContext *context,
                        GPtrArray      *ids)
{
  LinliMergeChoice *self = g_object_new (LINLI_TYPE_MERGE_CHOICE, NULL);

  self->context = g_object_ref (context);
  self->ids = g_ptr_array_ref (ids);
  ask (self, NULL);

  return GTK_WIDGET (self);
}

/**
 * linli_merge_choice_send:
 * @fault: (out) (transfer full): what is still to be done, in words
 *
 * Returns: whether @request (case.merge) was filled in
 */
gboolean
linli_merge_choice_send (LinliMergeChoice *self,
                         LinliRequest     *request,
                         char            **fault)
{
  Item *target = find_target (self);
  guint n_sources = 0;

  g_return_val_if_fail (LINLI_IS_MERGE_CHOICE (self), FALSE);

  for (guint i = 0; target != NULL && i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (item == target || !gtk_check_button_get_active (item->takes_part))
        continue;
      linli_request_add_text (request, "sources", item->id);
      n_sources++;
    }
  if (n_sources == 0 || !self->is_ready)
    {
      *fault = g_strdup (_("Mark the cases that are the same matter."));
      return FALSE;
    }
  if (self->refusal != NULL)
    {
      *fault = g_strdup (self->refusal);
      return FALSE;
    }
  linli_request_set_text (request, "target", target->id);
  if (gtk_widget_get_visible (GTK_WIDGET (self->units)) && gtk_check_button_get_active (self->carry))
    linli_request_set_text (request, "units", "carry");

  return TRUE;
}
