/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-text-area.h"

struct _LinliTextArea
{
  GtkBox       parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkWidget   *scroller;
  GtkTextView *view;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliTextArea, linli_text_area, GTK_TYPE_BOX)

static void
changed_cb (LinliTextArea *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
linli_text_area_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LINLI_TEXT_AREA (widget)->view));
}

static void
linli_text_area_class_init (LinliTextAreaClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = linli_text_area_grab_focus;

  /* LinliTextArea::changed: the text is another one, typed or set */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_text_area_init (LinliTextArea *self)
{
  self->view = g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab", FALSE,
                             "top-margin", 8, "bottom-margin", 8, "left-margin", 10, "right-margin", 10, NULL);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "propagate-natural-height", TRUE, "hexpand", TRUE, "child", self->view, NULL);
  gtk_widget_add_css_class (self->scroller, "text-area");
  gtk_box_append (GTK_BOX (self), self->scroller);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Heights in pixels. */
GtkWidget *
linli_text_area_new (int min_height,
                     int max_height)
{
  LinliTextArea *self = g_object_new (LINLI_TYPE_TEXT_AREA, NULL);

  g_object_set (self->scroller, "max-content-height", max_height, "min-content-height", min_height, NULL);

  return GTK_WIDGET (self);
}

char *
linli_text_area_dup_text (LinliTextArea *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* Whether it holds nothing but space. */
gboolean
linli_text_area_is_empty (LinliTextArea *self)
{
  g_autofree char *text = linli_text_area_dup_text (self);

  return *g_strstrip (text) == '\0';
}

/* @text: (nullable) */
void
linli_text_area_set_text (LinliTextArea *self,
                          const char    *text)
{
  g_return_if_fail (LINLI_IS_TEXT_AREA (self));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text != NULL ? text : "", -1);
}

/* Returns: (transfer none): what has the focus and is named for screen readers */
GtkWidget *
linli_text_area_get_view (LinliTextArea *self)
{
  return GTK_WIDGET (self->view);
}
