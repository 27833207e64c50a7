/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-split-parts.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-sentences.h"
#include "linli-case-tables.h"
#include "linli-catalogue-tables.h"
#include "linli-field.h"
#include "linli-item-card.h"
#include "linli-leaf-hints.h"
#include "linli-picker.h"
#include "linli-split-part.h"

#define MAX_PARTS 10

/* Beside the words of the form; "" when the duty item says it. */
static const char *const urgencies[] = { "", "urgent", "normal", "hard" };

typedef struct
{
  char           *text;
  GtkCheckButton *check; /* (unowned) */
  GtkLabel       *tag;   /* (unowned): which part has it */
} Sentence;

struct _LinliSplitParts
{
  GtkBox       parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkLabel    *count;
  GtkBox      *list;
  GtkEntry    *title;
  LinliPicker *item;
  LinliLeafHints *hints;
  GtkLabel    *limits;
  GtkDropDown *urgency;
  GtkButton   *add;
  GtkEntry    *memory;

  /* Owned */
  GPtrArray   *sentences; /* Sentence */
  GPtrArray   *files;     /* GtkCheckButton (unowned); "file" is the id */
  GPtrArray   *parts;     /* LinliSplitPart */

  /* State */
  gboolean     setting;
};

G_DEFINE_FINAL_TYPE (LinliSplitParts, linli_split_parts, GTK_TYPE_BOX)

static void
sentence_free (gpointer data)
{
  Sentence *sentence = data;

  g_free (sentence->text);
  g_free (sentence);
}

/* --- Memory: what was made survives a closed form --- */

static void
remember (LinliSplitParts *self)
{
  g_autofree char *text = linli_split_parts_to_memory (self->parts);

  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->memory), text);
  self->setting = FALSE;
}

static void show_parts (LinliSplitParts *self);

static void
recall_cb (GtkEditable     *memory,
           LinliSplitParts *self)
{
  if (self->setting)
    return;
  g_ptr_array_unref (self->parts);
  self->parts = linli_split_parts_recall (gtk_editable_get_text (memory));
  show_parts (self);
  linli_split_parts_focus (self);
}

/* --- The parts made so far --- */

static void
remove_cb (GtkButton       *button,
           LinliSplitParts *self)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "part"));

  g_ptr_array_remove_index (self->parts, at);
  remember (self);
  show_parts (self);
}

static GtkWidget *
new_line (LinliSplitParts *self,
          guint            at)
{
  LinliSplitPart *part = self->parts->pdata[at];
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *title = g_strdup_printf ("%u. %s", at + 1, *part->title != '\0' ? part->title : part->text);
  g_autofree char *name = g_strdup_printf (_("Take out part %s"), title);
  g_autofree char *facts = linli_split_part_words (part);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), linli_text_new (title, "heading"));
  gtk_box_append (GTK_BOX (words), linli_caption_new (facts));
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (remove), "part", GUINT_TO_POINTER (at));
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, 0);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), remove);

  return line;
}

static void
show_parts (LinliSplitParts *self)
{
  guint n_free = 0;
  g_autofree char *words = NULL;
  g_autofree char *left = NULL;
  g_autofree char *both = NULL;

  linli_box_clear (self->list);
  for (guint i = 0; i < self->parts->len; i++)
    gtk_box_append (self->list, new_line (self, i));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->parts->len > 0);
  for (guint s = 0; s < self->sentences->len; s++)
    {
      Sentence *sentence = self->sentences->pdata[s];
      g_autoptr(GString) tag = g_string_new (NULL);

      for (guint i = 0; i < self->parts->len; i++)
        if (linli_split_part_has (self->parts->pdata[i], s))
          g_string_append_printf (tag, "%s%u", tag->len > 0 ? ", " : "", i + 1);
      n_free += tag->len == 0;
      gtk_label_set_label (sentence->tag, tag->str);
      gtk_widget_set_visible (GTK_WIDGET (sentence->tag), tag->len > 0);
    }
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u part", "%u parts", self->parts->len), self->parts->len);
  left = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u sentence in none", "%u sentences in none", n_free), n_free);
  both = g_strdup_printf ("%s · %s", words, left);
  gtk_label_set_label (self->count, both);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), self->parts->len < MAX_PARTS);
}

/* --- The part being made --- */

static char *
marked_text (LinliSplitParts *self,
             char           **marks)
{
  GString *text = g_string_new (NULL);
  g_autoptr(GString) indices = g_string_new (NULL);

  for (guint i = 0; i < self->sentences->len; i++)
    {
      Sentence *sentence = self->sentences->pdata[i];

      if (!gtk_check_button_get_active (sentence->check))
        continue;
      g_string_append (text, sentence->text);
      g_string_append_printf (indices, "%s%u", indices->len > 0 ? " " : "", i);
    }
  if (marks != NULL)
    *marks = g_strdup (indices->str);

  return g_string_free (text, FALSE);
}

/* The files marked; they are free for the next part again. */
static char *
take_files (LinliSplitParts *self)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < self->files->len; i++)
    {
      GtkCheckButton *check = self->files->pdata[i];

      if (!gtk_check_button_get_active (check))
        continue;
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", (char *) g_object_get_data (G_OBJECT (check), "file"));
      gtk_check_button_set_active (check, FALSE);
    }

  return g_string_free (ids, FALSE);
}

static void
marked_cb (LinliSplitParts *self)
{
  g_autofree char *text = self->setting ? NULL : marked_text (self, NULL);

  if (text != NULL)
    linli_leaf_hints_set_text (self->hints, text);
}

static void
item_changed_cb (LinliSplitParts *self)
{
  LinliRow *item = linli_picker_get_row (self->item);
  g_autofree char *limits = item != NULL ? linli_item_limits_words (item) : g_strdup ("");

  gtk_label_set_label (self->limits, limits);
  gtk_widget_set_visible (GTK_WIDGET (self->limits), *limits != '\0');
}

/* Returns: whether the part being made was added; @fault (out) says what it lacks */
static gboolean
add_part (LinliSplitParts *self,
          char           **fault)
{
  g_autofree char *marks = NULL;
  g_autofree char *text = marked_text (self, &marks);
  LinliRow *item = linli_picker_get_row (self->item);
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));
  LinliSplitPart *part;

  if (*text == '\0')
    {
      *fault = g_strdup (_("Mark the sentences that the part is about."));
      return FALSE;
    }
  if (item == NULL)
    {
      *fault = g_strdup (_("Choose the duty item of the part."));
      return FALSE;
    }
  part = g_new0 (LinliSplitPart, 1);
  part->title = g_steal_pointer (&title);
  part->code = g_strdup (linli_row_get_text (item, LINLI_DUTY_ITEM_CODE));
  part->name = g_strdup (linli_row_get_text (item, LINLI_DUTY_ITEM_NAME));
  part->text = g_steal_pointer (&text);
  part->marks = g_steal_pointer (&marks);
  part->limits = linli_item_limits_words (item);
  part->urgency = g_strdup (urgencies[gtk_drop_down_get_selected (self->urgency)]);
  part->files = take_files (self);
  g_ptr_array_add (self->parts, part);
  self->setting = TRUE;
  for (guint i = 0; i < self->sentences->len; i++)
    gtk_check_button_set_active (((Sentence *) self->sentences->pdata[i])->check, FALSE);
  self->setting = FALSE;
  marked_cb (self);
  gtk_editable_set_text (GTK_EDITABLE (self->title), "");
  linli_picker_set_row (self->item, NULL);
  item_changed_cb (self);
  gtk_drop_down_set_selected (self->urgency, 0);
  remember (self);
  show_parts (self);

  return TRUE;
}

/* On to the next: the first sentence that no part has. */
void
linli_split_parts_focus (LinliSplitParts *self)
{
  for (guint i = 0; i < self->sentences->len; i++)
    {
      Sentence *sentence = self->sentences->pdata[i];

      if (*gtk_label_get_label (sentence->tag) == '\0')
        {
          gtk_widget_grab_focus (GTK_WIDGET (sentence->check));
          return;
        }
    }
}

static void
add_cb (GtkButton       *button,
        LinliSplitParts *self)
{
  g_autofree char *fault = NULL;

  if (add_part (self, &fault))
    linli_split_parts_focus (self);
  else
    gtk_label_set_label (self->count, fault);
}

/* --- The object --- */

static void
linli_split_parts_finalize (GObject *object)
{
  LinliSplitParts *self = LINLI_SPLIT_PARTS (object);

  g_clear_pointer (&self->sentences, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_split_parts_parent_class)->finalize (object);
}

static void
linli_split_parts_class_init (LinliSplitPartsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_split_parts_finalize;
}

static void
linli_split_parts_init (LinliSplitParts *self)
{
  self->files = g_ptr_array_new ();
  self->sentences = g_ptr_array_new_with_free_func (sentence_free);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_split_part_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 10);
}

static void
add_sentence (LinliSplitParts *self,
              GtkBox          *box,
              const char      *text)
{
  Sentence *sentence = g_new0 (Sentence, 1);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = linli_text_new (text, "verbatim");

  sentence->text = g_strdup (text);
  sentence->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  sentence->tag = GTK_LABEL (linli_pill_new ("", "theirs"));
  gtk_widget_set_valign (GTK_WIDGET (sentence->check), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (sentence->check), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (sentence->check));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (sentence->tag));
  gtk_box_append (box, row);
  g_ptr_array_add (self->sentences, sentence);
  g_signal_connect_object (sentence->check, "toggled", G_CALLBACK (marked_cb), self, G_CONNECT_SWAPPED);
}

static void
add_sentences (LinliSplitParts *self,
               LinliCaseSheet  *sheet)
{
  GtkWidget *card = linli_card_new (6);
  GPtrArray *submissions = sheet->detail->submissions;

  gtk_widget_add_css_class (card, "resident-words");
  for (guint i = 0; i < submissions->len; i++)
    {
      g_autoptr(GPtrArray) sentences = linli_case_sentences (linli_row_get_text (submissions->pdata[i], LINLI_SUBMISSION_TEXT));

      for (guint s = 0; s < sentences->len; s++)
        add_sentence (self, GTK_BOX (card), sentences->pdata[s]);
    }
  gtk_box_append (GTK_BOX (self), linli_section_new (_("Mark the sentences of one part"), card));
}

/* A photo of the lamp goes with the lamp; what two parts need, both take. */
static void
add_files (LinliSplitParts *self,
           LinliCaseSheet  *sheet)
{
  GPtrArray *attachments = sheet->detail->attachments;
  GtkWidget *card = linli_card_new (4);

  for (guint i = 0; i < attachments->len; i++)
    {
      LinliRow *row = attachments->pdata[i];
      GtkWidget *check;

      /* Of a case merged in: the split takes the case's own only. */
      if (g_strcmp0 (linli_row_get_text (row, LINLI_ATTACHMENT_CASE_ID), linli_row_get_id (sheet->detail->case_row)) != 0)
        continue;
      check = gtk_check_button_new_with_label (linli_row_get_text (row, LINLI_ATTACHMENT_NAME));
      g_object_set_data_full (G_OBJECT (check), "file", g_strdup (linli_row_get_id (row)), g_free);
      g_ptr_array_add (self->files, check);
      gtk_box_append (GTK_BOX (card), check);
    }
  if (self->files->len > 0)
    gtk_box_append (GTK_BOX (self), linli_section_new (_("Files that the part needs"), card));
  else
    g_object_unref (g_object_ref_sink (card));
}

/**
 * linli_split_parts_new:
 * @memory: (unowned): an entry of the form that keeps what was made
 */
GtkWidget *
linli_split_parts_new (LinliUiContext *context,
                       LinliCaseSheet *sheet,
                       GtkEntry       *memory)
{
  LinliSplitParts *self = g_object_new (LINLI_TYPE_SPLIT_PARTS, NULL);
  GtkWidget *picker = linli_picker_new (context, LINLI_PICK_DUTY_ITEM, FALSE);
  const char *words[] = { _("As the duty item says"), C_("urgency", "Urgent"), C_("urgency", "Ordinary"),
                          C_("urgency", "Hard"), NULL };

  self->memory = memory;
  self->count = GTK_LABEL (linli_text_new ("", "form-message"));
  self->list = GTK_BOX (linli_card_new (8));
  self->title = GTK_ENTRY (gtk_entry_new ());
  self->item = LINLI_PICKER (picker);
  self->hints = LINLI_LEAF_HINTS (linli_leaf_hints_new ());
  linli_leaf_hints_follow (self->hints, linli_ui_context_get_suggester (context), self->item);
  self->limits = GTK_LABEL (linli_caption_new (""));
  self->urgency = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (words));
  self->add = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Add This Part")));
  linli_picker_set_hint (self->item, _("Name, the resident’s word for it, or pinyin initials"));
  gtk_widget_set_halign (GTK_WIDGET (self->add), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
  add_sentences (self, sheet);
  gtk_box_append (GTK_BOX (self), linli_field_new (_("_Duty item"), picker));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->hints));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->limits));
  gtk_widget_set_visible (GTK_WIDGET (self->limits), FALSE);
  gtk_box_append (GTK_BOX (self), linli_field_new (_("_Urgency"), GTK_WIDGET (self->urgency)));
  add_files (self, sheet);
  gtk_box_append (GTK_BOX (self), linli_field_new (_("_Title (the first words when empty)"), GTK_WIDGET (self->title)));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->add));
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, 0);
  g_signal_connect_object (picker, "changed", G_CALLBACK (item_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (memory, "changed", G_CALLBACK (recall_cb), self, 0);
  show_parts (self);

  return GTK_WIDGET (self);
}

/* Whether @request (case.split) was filled in; @fault (out) says what it lacks. */
gboolean
linli_split_parts_send (LinliSplitParts *self,
                        LinliRequest    *request,
                        char           **fault)
{
  g_autofree char *text = marked_text (self, NULL);

  if (*text != '\0' && !add_part (self, fault)) /* the last one needs no "add" */
    return FALSE;
  if (self->parts->len < 2)
    {
      *fault = g_strdup (_("A split makes at least two parts."));
      return FALSE;
    }
  for (guint i = 0; i < self->parts->len; i++)
    {
      g_autoptr(LinliRequest) one = linli_split_part_to_request (self->parts->pdata[i]);

      linli_request_add_object (request, "parts", one);
    }

  return TRUE;
}
